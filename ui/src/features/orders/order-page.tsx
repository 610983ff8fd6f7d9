//! One order on a page of its own.

import { Link, useParams } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/icon';
import { asLeft } from '../../shell/last-place';
import { OrderBody, OrderHead, OrderNumber } from './order-detail';

export function OrderPage() {
  const { t } = useTranslation();
  const { shop, sn } = useParams({ from: '/orders/$shop/$sn' });
  return (
    <div data-testid="order-page" className="min-h-0 min-w-0 flex-1 overflow-y-auto bg-surface">
      <div className="mx-auto w-full max-w-[720px]">
        <header className="border-b border-line px-4 pt-3 pb-3">
          <div className="flex flex-wrap items-center gap-1.5">
            <h1 className="text-lg font-semibold">
              <Link {...asLeft('/orders')} className="rounded-sm text-muted hover:text-text">
                {t('nav.orders')}
              </Link>
            </h1>
            <Icon of={ChevronRight} className="size-3.5 text-faint" />
            <OrderNumber orderSn={sn} />
          </div>
          <OrderHead shopId={shop} orderSn={sn} />
        </header>
        <OrderBody key={`${shop}/${sn}`} shopId={shop} orderSn={sn} />
      </div>
    </div>
  );
}
