//! A number that opens the orders it counts.

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OrderStatus } from '../../bindings/OrderStatus';
import type { ListSearch } from '../../components/list/list-search';

/** Whose orders count towards amounts and pieces. */
export const NOT_CANCELED: OrderStatus[] = [
  'pending',
  'unshipped',
  'partially_shipped',
  'shipped',
  'partially_delivered',
  'delivered',
  'unknown',
];

/** Orders that would count towards amounts, if theirs were known. */
export const OF_UNKNOWN_AMOUNT: ListSearch = { status: NOT_CANCELED, amount_known: false };

interface OrdersLinkProps {
  search: ListSearch;
  title?: string;
  className?: string;
  children: ReactNode;
}

export function OrdersLink({ className = '', ...rest }: OrdersLinkProps) {
  return (
    <Link to="/orders" className={`rounded-sm hover:text-accent hover:underline ${className}`} {...rest} />
  );
}
