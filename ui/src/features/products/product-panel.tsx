//! One product with its SKUs.

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rowById } from '../../api/list-view';
import type { Product } from '../../bindings/Product';
import type { Sku } from '../../bindings/Sku';
import { Amount } from '../../components/amount';
import { CopyButton } from '../../components/copy-button';
import { ErrorBox } from '../../components/error-box';
import { Facts, NotHere, Panel, PanelSection } from '../../components/panel';
import { ProductImage } from '../../components/product-image';
import { ShopName } from '../../components/shop-name';
import { ProductStatusBadge } from '../../components/status-badge';
import { Stock } from '../../components/stock';
import { useFormat } from '../../format/use-format';
import { toFailure } from '../../ipc/errors';

interface ProductPanelProps {
  shopId: string;
  productId: string;
  onClose: () => void;
}

export function ProductPanel({ shopId, productId, onClose }: ProductPanelProps) {
  const { t } = useTranslation();
  const product = useQuery(rowById('products', shopId, productId));
  return (
    <Panel
      label={t('product.panel', { id: productId })}
      testId="product-panel"
      onClose={onClose}
      head={
        <div className="flex gap-3">
          <ProductImage url={product.data?.image_url ?? null} large />
          <h2 className="line-clamp-3 text-base font-semibold break-words select-text">
            {product.data?.name}
          </h2>
        </div>
      }
    >
      {product.error && (
        <div className="p-4">
          <ErrorBox failure={toFailure(product.error)} on={{ retry: () => void product.refetch() }} />
        </div>
      )}
      {product.data === null && <NotHere />}
      {product.data && <ProductFacts product={product.data} />}
      {product.data && (
        <PanelSection title={t('product.skus')} note={String(product.data.skus.length)}>
          {product.data.skus.length === 0 && <p className="text-muted">{t('product.no_skus')}</p>}
          <ul className="flex flex-col divide-y divide-line">
            {product.data.skus.map((sku) => (
              <SkuRow key={sku.sku_id} sku={sku} />
            ))}
          </ul>
        </PanelSection>
      )}
    </Panel>
  );
}

function ProductFacts({ product }: { product: Product }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="border-b border-line px-4 py-3">
      <Facts
        facts={[
          [
            t('column.status'),
            <ProductStatusBadge key="status" status={product.status} code={product.platform_status} />,
          ],
          [t('column.shop'), <ShopName key="shop" shopId={product.shop_id} />],
          [
            t('column.product_id'),
            <span key="id" className="flex items-center gap-1">
              {product.product_id}
              <CopyButton text={product.product_id} what={t('product.id')} />
            </span>,
          ],
          [t('column.own_code'), product.ext_code ?? '—'],
          [t('column.category'), product.category ?? '—'],
          [t('column.price'), <Amount key="price" money={product.price} />],
          [t('column.stock'), <Stock key="stock" pieces={product.stock} />],
          [t('column.created'), product.created_at === null ? '—' : format.exactTime(product.created_at)],
          [t('order.updated'), product.updated_at === null ? '—' : format.exactTime(product.updated_at)],
        ]}
      />
    </section>
  );
}

function SkuRow({ sku }: { sku: Sku }) {
  const { t } = useTranslation();
  return (
    <li className="flex items-start justify-between gap-3 py-2 first:pt-0 last:pb-0">
      <div className="flex min-w-0 flex-col">
        <span className="break-words select-text">{sku.spec ?? sku.sku_id}</span>
        <span className="flex items-center gap-1 text-xs text-muted">
          <span className="truncate select-text">{sku.sku_id}</span>
          <CopyButton text={sku.sku_id} what={t('column.sku')} />
        </span>
        {sku.ext_code && <span className="text-xs text-muted select-text">{sku.ext_code}</span>}
      </div>
      <div className="flex shrink-0 flex-col items-end gap-0.5">
        <Amount money={sku.price} />
        <Stock pieces={sku.stock} />
      </div>
    </li>
  );
}
