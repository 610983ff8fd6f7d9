import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { PANEL_WIDTH, preferences } from '../preferences/preferences';
import { Panel } from './panel';

const renderPanel = () =>
  render(
    <Panel label="Order" head="PO-1" testId="panel" onClose={() => {}}>
      lines
    </Panel>,
  );

test('the edge moves by key, within its bounds, and is remembered', async () => {
  const { unmount } = renderPanel();
  const edge = screen.getByRole('separator', { name: 'Panel width' });
  expect(edge).toHaveAttribute('aria-valuenow', '380');
  edge.focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
  expect(screen.getByTestId('panel')).toHaveStyle({ width: '412px' });
  await userEvent.keyboard('{Home}{ArrowLeft}');
  expect(edge).toHaveAttribute('aria-valuenow', String(PANEL_WIDTH.most));
  await userEvent.keyboard('{End}{ArrowRight}');
  expect(preferences().panelWidth).toBe(PANEL_WIDTH.least);
  unmount();
  renderPanel();
  expect(screen.getByTestId('panel')).toHaveStyle({ width: `${PANEL_WIDTH.least}px` });
});

test('the edge is dragged, and a double click brings the usual width back', () => {
  renderPanel();
  const edge = screen.getByRole('separator');
  fireEvent.pointerDown(edge, { clientX: 800, button: 0 });
  fireEvent.pointerMove(window, { clientX: 700 });
  expect(screen.getByTestId('panel')).toHaveStyle({ width: '480px' });
  expect(preferences().panelWidth).toBe(380);
  fireEvent.pointerUp(window, { clientX: 700 });
  expect(preferences().panelWidth).toBe(480);
  fireEvent.doubleClick(edge);
  expect(preferences().panelWidth).toBe(380);
});
