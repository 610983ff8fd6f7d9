import type { Order } from '../../bindings/Order';
import type { OrderStatus } from '../../bindings/OrderStatus';

/** Whether something is still to be shipped, so that the deadline counts. */
export const isToShip = (status: OrderStatus): boolean =>
  status === 'unshipped' || status === 'partially_shipped';

export const piecesOf = (order: Order): number => order.items.reduce((sum, item) => sum + item.quantity, 0);
