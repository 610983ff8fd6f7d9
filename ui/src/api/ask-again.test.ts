import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { askAgain } from './ask-again';

/** A question whose answers are given by hand. */
function asked() {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const waiting: ((answer: string) => void)[] = [];
  const question = {
    queryKey: ['orders'],
    queryFn: () => new Promise<string>((resolve) => void waiting.push(resolve)),
  };
  const answer = async (text: string) => {
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.(text);
    await expect.poll(() => client.getQueryData(question.queryKey)).toBe(text);
  };
  return { client, question, answer, waiting };
}

test('a first answer that was on its way is asked for again when it has come', async () => {
  const { client, question, answer, waiting } = asked();
  const observer = new QueryObserver(client, question);
  const stop = observer.subscribe(() => {});
  askAgain(client, { queryKey: question.queryKey });
  expect(waiting).toHaveLength(1);
  await answer('of before');
  await answer('of now');
  expect(observer.getCurrentResult()).toMatchObject({ data: 'of now', isStale: false });
  expect(waiting).toHaveLength(0);
  stop();
});

test('an answer that nobody waits for yet is out of date when it comes', async () => {
  const { client, question, answer } = asked();
  for (const text of ['first', 'second']) {
    void client.prefetchQuery({ ...question, staleTime: 0 });
    askAgain(client, { queryKey: question.queryKey });
    await answer(text);
    await expect.poll(() => client.getQueryState(question.queryKey)?.isInvalidated).toBe(true);
  }
});

test('an answer in sight is replaced without waiting for one of before', async () => {
  const { client, question, answer, waiting } = asked();
  const observer = new QueryObserver(client, question);
  const stop = observer.subscribe(() => {});
  await answer('first');
  void observer.refetch();
  askAgain(client, { queryKey: question.queryKey });
  await expect.poll(() => waiting.length).toBe(2);
  waiting.shift()?.('of before');
  await answer('of now');
  expect(observer.getCurrentResult()).toMatchObject({ data: 'of now', isStale: false });
  stop();
});
