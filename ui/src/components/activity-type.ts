import { useTranslation } from 'react-i18next';

/** The types that have a name of ours; the platform may send others. */
export const ACTIVITY_TYPES = ['lightning_deal', 'big_sale', 'clearance', 'official_big_sale'] as const;

/** The name of a type; one that this version does not know keeps the platform's word. */
export function useActivityTypeWord(): (type: string) => string {
  const { t } = useTranslation();
  return (type) => {
    const known = ACTIVITY_TYPES.find((word) => word === type);
    return known ? t(`activity_type.${known}`) : type;
  };
}
