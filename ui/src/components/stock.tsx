import { PackageX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format';
import { Icon } from './icon';

/** Pieces in stock: unknown is a dash, none is said in words. */
export function Stock({ pieces }: { pieces: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (pieces === null) return <span className="text-faint">—</span>;
  if (pieces > 0) return <span>{format.number(pieces)}</span>;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap text-danger">
      <Icon of={PackageX} className="size-3.5" />
      {t('product.out_of_stock')}
    </span>
  );
}
