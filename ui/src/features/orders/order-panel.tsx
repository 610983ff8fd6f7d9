//! One order beside the list.

import { useNavigate } from '@tanstack/react-router';
import { Maximize2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/button';
import { Icon } from '../../components/icon';
import { Panel } from '../../components/panel';
import { OrderBody, OrderHead, OrderNumber } from './order-detail';

interface OrderPanelProps {
  shopId: string;
  orderSn: string;
  onClose: () => void;
}

export function OrderPanel({ shopId, orderSn, onClose }: OrderPanelProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Panel
      label={t('order.panel', { number: orderSn })}
      testId="order-panel"
      onClose={onClose}
      tools={
        <IconButton
          label={t('order.open_page')}
          data-testid="open-order-page"
          onClick={() => void navigate({ to: '/orders/$shop/$sn', params: { shop: shopId, sn: orderSn } })}
        >
          <Icon of={Maximize2} />
        </IconButton>
      }
      head={<OrderNumber orderSn={orderSn} />}
      headline={<OrderHead shopId={shopId} orderSn={orderSn} />}
    >
      <OrderBody shopId={shopId} orderSn={orderSn} />
    </Panel>
  );
}
