import { useQuery } from '@tanstack/react-query';
import { useOpenSellerCenter } from '../../api/mutations';
import { shops } from '../../api/queries';
import { useToast } from '../../components/toast';

/** Opens the Seller Center of a shop's region in the browser; nothing where its address is not known. */
export function useSellerCenter(shopId: string): (() => void) | undefined {
  const toast = useToast();
  const { mutate } = useOpenSellerCenter();
  const card = useQuery(shops).data?.find(({ shop }) => shop.shop_id === shopId);
  if (!card || card.app.gateway === 'custom') return undefined;
  return () => mutate({ shop_id: shopId }, { onError: toast.failure });
}
