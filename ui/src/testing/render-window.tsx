//! Renders the whole window against a fake core, at an address.

import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { createWindow } from '../window';

export async function renderWindow(address: string) {
  const { client, router, element } = await createWindow(createMemoryHistory({ initialEntries: [address] }));
  const { container } = render(element);
  return { client, router, container };
}
