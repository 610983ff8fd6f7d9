import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../bindings/Product';
import type { ProductStatus } from '../../bindings/ProductStatus';
import { ListPage } from '../../components/list/list-page';
import { rowKey, splitRowKey } from '../../components/list/list-search';
import { useProductColumns } from './product-columns';
import { ProductPanel } from './product-panel';

const STATUSES: readonly ProductStatus[] = [
  'active',
  'inactive',
  'incomplete',
  'draft',
  'deleted',
  'unknown',
];

const COUNTED = ['active', 'inactive', 'incomplete', 'draft'] as const;

const keyOf = (product: Product): string => rowKey(product.shop_id, product.product_id);
const idOf = (product: Product): string => product.product_id;
const lineCount = (product: Product): number => product.skus.length;

export function ProductsPage() {
  const { t } = useTranslation();
  const columns = useProductColumns();
  const words = useMemo(
    () => ({
      kpis: [
        { name: 'all', label: t('kpi.all'), statuses: [] },
        ...COUNTED.map((name) => ({ name, label: t(`product_status.${name}`), statuses: [name] })),
      ],
      statuses: STATUSES.map((value) => ({ value, label: t(`product_status.${value}`) })),
    }),
    [t],
  );
  return (
    <ListPage
      resource="products"
      columns={columns}
      {...words}
      keyOf={keyOf}
      idOf={idOf}
      lineCount={lineCount}
      panel={panel}
    />
  );
}

function panel(key: string, onClose: () => void) {
  const { shopId, id } = splitRowKey(key);
  return <ProductPanel key={key} shopId={shopId} productId={id} onClose={onClose} />;
}
