import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { topSkus } from '../../api/queries';
import type { SkuTotal } from '../../bindings/SkuTotal';
import { ErrorBox } from '../../components/error-box';
import { ProductImage } from '../../components/product-image';
import { ShopName } from '../../components/shop-name';
import { useFormat } from '../../format/use-format';
import { toFailure } from '../../ipc/errors';
import { useZone } from '../../preferences/use-zone';
import { NOT_CANCELED } from './orders-link';
import type { Spans } from './spans';

const LENGTH = 8;

interface TopSkusProps {
  shops: string[];
  spans: Spans;
  dates: string;
}

/** What sold most in the span, by pieces. */
export function TopSkus({ shops, spans, dates }: TopSkusProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const read = useQuery({
    ...topSkus({
      shops,
      first_day: spans.now[0] ?? '',
      last_day: spans.now.at(-1) ?? '',
      zone,
      limit: LENGTH,
    }),
    placeholderData: keepPreviousData,
  });
  const most = read.data?.[0]?.pieces ?? 1;
  return (
    <section aria-labelledby="top-skus" className="flex min-w-0 flex-col gap-2">
      <h2 id="top-skus" className="font-semibold">
        {t('overview.top_skus')}
      </h2>
      {read.error && <ErrorBox failure={toFailure(read.error)} on={{ retry: () => void read.refetch() }} />}
      {read.data && (
        <ol className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
          {read.data.map((sku) => (
            <SkuRow
              key={`${sku.shop_id} ${sku.sku_id} ${sku.name} ${sku.spec}`}
              sku={sku}
              most={most}
              dates={dates}
            />
          ))}
          {read.data.length === 0 && <li className="px-4 py-3 text-muted">{t('overview.no_orders')}</li>}
        </ol>
      )}
    </section>
  );
}

function SkuRow({ sku, most, dates }: { sku: SkuTotal; most: number; dates: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <Link
        to="/orders"
        search={{ q: sku.sku_id ?? sku.name, shops: [sku.shop_id], dates, status: NOT_CANCELED }}
        data-testid="top-sku"
        className="flex items-center gap-3 px-4 py-2 -outline-offset-2 transition-calm hover:bg-hover"
      >
        <ProductImage url={sku.image_url} />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="truncate font-medium" title={sku.name}>
            {sku.name}
          </span>
          <span className="flex min-w-0 gap-2 text-xs text-muted">
            {sku.spec && <span className="truncate">{sku.spec}</span>}
            <ShopName shopId={sku.shop_id} />
          </span>
        </span>
        <span className="flex w-28 shrink-0 flex-col items-end gap-1">
          <span>
            <span className="font-semibold">{format.number(sku.pieces)}</span>{' '}
            <span className="text-xs text-muted">{t('overview.pieces', { count: sku.pieces })}</span>
          </span>
          <span aria-hidden className="h-1 w-full overflow-hidden rounded-full bg-line">
            <span
              className="block h-full rounded-full bg-accent"
              style={{ width: `${(100 * sku.pieces) / most}%` }}
            />
          </span>
        </span>
      </Link>
    </li>
  );
}
