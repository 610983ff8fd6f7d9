import { systemZone } from '../format/zone';
import { usePreference } from './preferences';

/** The zone that days and times are told in: the seller's choice, or else the system's. */
export const useZone = (): string => usePreference('zone') ?? systemZone();
