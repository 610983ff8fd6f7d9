//! Order numbers pasted from a table or a chat.

/** Whatever stands between two numbers. */
const BETWEEN = /[\s,;|"'，；、]+/;
/** Numbers of the platform have many digits, and their ends are nothing else; words of a title are otherwise. */
const NUMBER = /^(?:\d{4,40}|(?=(?:\D*\d){6})[A-Za-z0-9-]{6,40})$/;

/** The core looks for no more at once. */
export const MOST_NUMBERS = 1000;

/** The numbers in a text that is nothing but two or more of them. */
export function orderNumbersIn(text: string): string[] | undefined {
  const words = [...new Set(text.split(BETWEEN).filter(Boolean))];
  if (words.length < 2 || !words.every((word) => NUMBER.test(word))) return undefined;
  return words;
}
