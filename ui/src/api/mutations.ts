//! Every wish the window has for the core. What they make stale is told by the core's `store-changed`.

import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../bindings/Settings';
import { useToast } from '../components/toast';
import { type Answer, type Arguments, type CommandName, call } from '../ipc/call';
import { dataOnDisk, orderDetail, presence, quarantine, settings, vaultStatus } from './queries';

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
export const useUndoRemoval = () => useCommand('undo_removal');
export const useOpenSellerCenter = () => useCommand('open_seller_center');
export const useSyncNow = () => useCommand('sync_now');
export const useCancelSync = () => useCommand('cancel_sync');
export const useOpenDataFolder = () => useCommand('open_data_folder');
export const useRestoreCopy = () => useCommand('restore_copy');
export const useSaveDiagnostics = () => useCommand('save_diagnostics');
export const useReopen = () => useCommand('reopen');
export const useOpenDemo = () => useCommand('open_demo');

export function useRefreshOrder() {
  const client = useQueryClient();
  return useCommand('refresh_order', (detail) => {
    client.setQueryData(orderDetail(detail.order.shop_id, detail.order.order_sn).queryKey, detail);
  });
}

export function useBackUp() {
  const client = useQueryClient();
  return useCommand('back_up', () => void client.invalidateQueries({ queryKey: dataOnDisk.queryKey }));
}

/** Changes some of the settings: one change after the other, each on top of what the one before has left. */
export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    scope: { id: 'settings' },
    mutationFn: async (changes: Partial<Settings>) => {
      const { settings: now } = await client.ensureQueryData(settings);
      return call('save_settings', { settings: { ...now, ...changes } });
    },
    onSuccess: (state) => client.setQueryData(settings.queryKey, state),
  });
}

export function useSetAutostart() {
  const client = useQueryClient();
  return useCommand('set_autostart', (now) => client.setQueryData(presence.queryKey, now));
}

export const useAnswerClose = () => useCommand('answer_close');

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
  // Every row of a list has one, so it keeps no state.
  return (text, said = t('action.copied', { text })) =>
    void call('copy_text', { text }).then(() => toast.success(said), toast.failure);
}

/** Starts a sync; what becomes of it is seen in the status bar. */
export function useStartSync(): { start: (shops: string[]) => void; isPending: boolean } {
  const toast = useToast();
  const { mutate, isPending } = useSyncNow();
  return { start: (shops) => mutate({ shops }, { onError: toast.failure }), isPending };
}

export const useTakeAuthorizationOutcomes = () => useCommand('take_authorization_outcomes');

const CHECK = ['check_data'];

/** The check of the data: the last one of this window, also after its page was left and opened again. */
export function useCheckData() {
  const { mutate } = useMutation({
    mutationKey: CHECK,
    gcTime: Number.POSITIVE_INFINITY,
    mutationFn: (values: Arguments<'check_data'>) => call('check_data', values),
  });
  const last = useMutationState({
    filters: { mutationKey: CHECK },
    select: ({ state }) => ({
      asked: state.variables as Arguments<'check_data'> | undefined,
      report: state.data as Answer<'check_data'> | undefined,
      error: state.error,
      isRunning: state.status === 'pending',
    }),
  }).at(-1);
  return {
    start: mutate,
    ...(last ?? { asked: undefined, report: undefined, error: null, isRunning: false }),
  };
}

/** Tries to read again what was put aside, and says what came of it. */
export function useRereadQuarantine(): { start: () => void; isPending: boolean } {
  const { t } = useTranslation();
  const toast = useToast();
  const client = useQueryClient();
  const { mutate, isPending } = useCommand('reread_quarantine', ({ readable, unreadable }) => {
    const say = readable > 0 ? toast.success : toast.refusal;
    say(t('aside.reread_done', { readable, unreadable }));
    void client.invalidateQueries({ queryKey: quarantine.queryKey });
  });
  return { start: () => mutate(null, { onError: toast.failure }), isPending };
}
