import { useTranslation } from 'react-i18next';
import type { Gateway } from '../../bindings/Gateway';

export const GATEWAYS: readonly Gateway[] = ['us', 'eu', 'global', 'custom'];

interface GatewayPickerProps {
  gateway: Gateway;
  disabled: boolean;
  onChange: (gateway: Gateway) => void;
}

export function GatewayPicker({ gateway, disabled, onChange }: GatewayPickerProps) {
  const { t } = useTranslation();
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium">{t('wizard.gateway')}</legend>
      <div className="grid grid-cols-2 gap-2">
        {GATEWAYS.map((value) => (
          <label
            key={value}
            data-testid={`gateway-${value}`}
            className="flex items-start gap-2.5 rounded-md border border-line-strong px-3 py-2 transition-calm hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="gateway"
              value={value}
              checked={gateway === value}
              onChange={() => onChange(value)}
              className="mt-0.5 accent-accent outline-none"
            />
            <span className="flex min-w-0 flex-col">
              <span className="font-medium">{t(`gateway.${value}`)}</span>
              <span className="text-xs text-muted">{t(`gateway.${value}_hint`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
