import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../bindings/Product';
import type { Sku } from '../../bindings/Sku';
import { Amount } from '../../components/amount';
import { CopyButton } from '../../components/copy-button';
import type { Column } from '../../components/grid/column';
import { LineId } from '../../components/line-id';
import { ProductImage } from '../../components/product-image';
import { ShopName } from '../../components/shop-name';
import { ProductStatusBadge } from '../../components/status-badge';
import { Stock } from '../../components/stock';
import { useFormat } from '../../format/use-format';

export function useProductColumns(): readonly Column<Product>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'product',
        header: t('column.product'),
        width: 200,
        grows: true,
        rank: 0,
        sort: 'name',
        cell: (product) => (
          <span className="flex min-w-0 items-center gap-2">
            <ProductImage url={product.image_url} />
            <span className="truncate font-medium" title={product.name}>
              {product.name}
            </span>
          </span>
        ),
        line: (product, index) => <SkuName sku={product.skus[index]} />,
      },
      {
        key: 'status',
        header: t('column.status'),
        width: 112,
        rank: 1,
        sort: 'status',
        cell: (product) => <ProductStatusBadge status={product.status} code={product.platform_status} />,
      },
      {
        key: 'price',
        header: t('column.price'),
        width: 104,
        rank: 2,
        numeric: true,
        sort: 'amount',
        cell: (product) => <Amount money={product.price} />,
        line: (product, index) => <Amount money={product.skus[index]?.price ?? null} />,
      },
      {
        key: 'stock',
        header: t('column.stock'),
        width: 104,
        rank: 3,
        numeric: true,
        sort: 'stock',
        cell: (product) => <Stock pieces={product.stock} />,
        line: (product, index) => <Stock pieces={product.skus[index]?.stock ?? null} />,
      },
      {
        key: 'sku_count',
        header: t('column.sku_count'),
        width: 56,
        rank: 5,
        numeric: true,
        sort: 'sku_count',
        cell: (product) => format.number(product.skus.length),
      },
      {
        key: 'id',
        header: t('column.product_id'),
        width: 160,
        rank: 6,
        sort: 'id',
        cell: (product) => (
          <span className="flex items-center gap-0.5 whitespace-nowrap">
            <span className="text-muted select-text">{product.product_id}</span>
            <CopyButton text={product.product_id} what={t('product.id')} inGrid />
          </span>
        ),
      },
      {
        key: 'own_code',
        header: t('column.own_code'),
        width: 112,
        rank: 7,
        sort: 'ext_code',
        cell: (product) => (
          <span className="truncate text-muted" title={product.ext_code ?? undefined}>
            {product.ext_code ?? '—'}
          </span>
        ),
        line: (product, index) => (
          <span className="truncate text-muted select-text">{product.skus[index]?.ext_code ?? '—'}</span>
        ),
      },
      {
        key: 'category',
        header: t('column.category'),
        width: 124,
        rank: 9,
        sort: 'category',
        cell: (product) => (
          <span className="truncate text-muted" title={product.category ?? undefined}>
            {product.category ?? '—'}
          </span>
        ),
      },
      {
        key: 'shop',
        header: t('column.shop'),
        width: 120,
        rank: 4,
        sort: 'shop',
        cell: (product) => <ShopName shopId={product.shop_id} />,
      },
      {
        key: 'created',
        header: t('column.created'),
        width: 108,
        rank: 8,
        sort: 'created_at',
        cell: (product) => (
          <span className="text-muted">
            {product.created_at === null ? '—' : format.day(product.created_at)}
          </span>
        ),
      },
    ],
    [t, format],
  );
}

/** The variant in words, and its id. */
function SkuName({ sku }: { sku: Sku | undefined }) {
  const { t } = useTranslation();
  if (!sku) return null;
  return (
    <span className="flex min-w-0 items-center gap-4 pl-9">
      <span className="truncate" title={sku.spec ?? undefined}>
        {sku.spec ?? t('column.sku')}
      </span>
      <LineId name={t('column.sku')} id={sku.sku_id} />
    </span>
  );
}
