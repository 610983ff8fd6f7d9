import type { Money } from '../../bindings/Money';
import type { Order } from '../../bindings/Order';
import type { OrderItem } from '../../bindings/OrderItem';
import type { OrderStatus } from '../../bindings/OrderStatus';

/** Whether something is still to be shipped, so that the deadline counts. */
export const isToShip = (status: OrderStatus): boolean =>
  status === 'unshipped' || status === 'partially_shipped';

export const piecesOf = (order: Order): number => order.items.reduce((sum, item) => sum + item.quantity, 0);

/** What a line comes to; unknown where the platform tells no price. */
export const lineTotal = (item: OrderItem | undefined): Money | null =>
  item?.unit_price ? { ...item.unit_price, minor: item.unit_price.minor * item.quantity } : null;
