import { useTranslation } from 'react-i18next';
import { Dialog } from '../../components/dialog';
import { ErrorBox } from '../../components/error-box';
import { toFailure } from '../../ipc/errors';

interface TestFailureProps {
  error: Error;
  shopId: string;
  onRetry: () => void;
  onClose: () => void;
}

/** Why the connection test failed. */
export function TestFailure({ error, shopId, onRetry, onClose }: TestFailureProps) {
  const { t } = useTranslation();
  const failure = toFailure(error);
  return (
    <Dialog title={t('shop.test')} onClose={onClose}>
      <ErrorBox failure={failure} shopId={shopId} on={{ retry: onRetry }} />
    </Dialog>
  );
}
