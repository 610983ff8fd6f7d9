//! Every wish the window has for the core. What they make stale is told by the core's `store-changed`.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useToast } from '../components/toast';
import { type Answer, type Arguments, type CommandName, call } from '../ipc/call';
import { orderDetail, settings, vaultStatus } from './queries';

/** A command as a mutation; its failure is for the caller to show. */
function useCommand<K extends CommandName>(
  name: K,
  onSuccess?: (answer: Answer<K>, values: Arguments<K>) => void,
) {
  return useMutation({ mutationFn: (values: Arguments<K>) => call(name, values), onSuccess });
}

export const useSaveGatewayApp = () => useCommand('save_gateway_app');
export const useTestGatewayApp = () => useCommand('test_gateway_app');
export const useTestShop = () => useCommand('test_shop');
export const useBeginAuthorization = () => useCommand('begin_authorization');
export const useCancelAuthorization = () => useCommand('cancel_authorization');
export const useOpenAuthorizationPage = () => useCommand('open_authorization_page');
export const useCheckPasted = () => useCommand('check_pasted');
export const useConfirmPasted = () => useCommand('confirm_pasted');
export const useRenameShop = () => useCommand('rename_shop');
export const useRemoveShop = () => useCommand('remove_shop');
export const useSyncNow = () => useCommand('sync_now');
export const useCancelSync = () => useCommand('cancel_sync');
export const useOpenDemo = () => useCommand('open_demo');

export function useRefreshOrder() {
  const client = useQueryClient();
  return useCommand('refresh_order', (detail) => {
    client.setQueryData(orderDetail(detail.order.shop_id, detail.order.order_sn).queryKey, detail);
  });
}

export function useSaveSettings() {
  const client = useQueryClient();
  return useCommand('save_settings', (state) => client.setQueryData(settings.queryKey, state));
}

export function useChooseVault() {
  const client = useQueryClient();
  return useCommand('choose_vault', (status) => client.setQueryData(vaultStatus.queryKey, status));
}

export function useUnlockVault() {
  const client = useQueryClient();
  return useCommand('unlock_vault', (status) => client.setQueryData(vaultStatus.queryKey, status));
}

/** Puts text on the clipboard and says so. */
export function useCopy(): (text: string, said?: string) => void {
  const { t } = useTranslation();
  const toast = useToast();
  const { mutate } = useCommand('copy_text');
  return (text, said = t('action.copied', { text })) =>
    mutate({ text }, { onSuccess: () => toast.success(said), onError: toast.failure });
}

/** Starts a sync; what becomes of it is seen in the status bar. */
export function useStartSync(): { start: (shops: string[]) => void; isPending: boolean } {
  const toast = useToast();
  const { mutate, isPending } = useSyncNow();
  return { start: (shops) => mutate({ shops }, { onError: toast.failure }), isPending };
}

export const useTakeAuthorizationOutcomes = () => useCommand('take_authorization_outcomes');
