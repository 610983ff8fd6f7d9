import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../bindings/Product';
import { Amount } from '../../components/amount';
import { CopyButton } from '../../components/copy-button';
import type { Column } from '../../components/grid/column';
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
        track: 'minmax(180px, 1fr)',
        sort: 'name',
        cell: (product) => (
          <span className="flex min-w-0 items-center gap-2">
            <ProductImage url={product.image_url} />
            <span className="truncate font-medium" title={product.name}>
              {product.name}
            </span>
          </span>
        ),
      },
      {
        key: 'status',
        header: t('column.status'),
        track: '120px',
        sort: 'status',
        hideBelow: 350,
        cell: (product) => <ProductStatusBadge status={product.status} code={product.platform_status} />,
      },
      {
        key: 'price',
        header: t('column.price'),
        track: '104px',
        numeric: true,
        sort: 'amount',
        hideBelow: 470,
        cell: (product) => <Amount money={product.price} />,
      },
      {
        key: 'stock',
        header: t('column.stock'),
        track: '104px',
        numeric: true,
        sort: 'stock',
        hideBelow: 590,
        cell: (product) => <Stock pieces={product.stock} />,
      },
      {
        key: 'sku_count',
        header: t('column.sku_count'),
        track: '52px',
        numeric: true,
        hideBelow: 780,
        cell: (product) => format.number(product.skus.length),
      },
      {
        key: 'id',
        header: t('column.product_id'),
        track: '160px',
        sort: 'id',
        hideBelow: 950,
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
        track: '112px',
        hideBelow: 1070,
        cell: (product) => (
          <span className="truncate text-muted" title={product.ext_code ?? undefined}>
            {product.ext_code ?? '—'}
          </span>
        ),
      },
      {
        key: 'category',
        header: t('column.category'),
        track: '124px',
        hideBelow: 1320,
        cell: (product) => (
          <span className="truncate text-muted" title={product.category ?? undefined}>
            {product.category ?? '—'}
          </span>
        ),
      },
      {
        key: 'shop',
        header: t('column.shop'),
        track: '116px',
        sort: 'shop',
        hideBelow: 710,
        cell: (product) => <ShopName shopId={product.shop_id} />,
      },
      {
        key: 'created',
        header: t('column.created'),
        track: '108px',
        sort: 'created_at',
        hideBelow: 1190,
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
