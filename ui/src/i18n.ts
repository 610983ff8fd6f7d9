//! Starts i18next with both catalogues; a missing key is a compile error.

import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from './bindings/Language';
import english from './locales/en.json';
import chinese from './locales/zh-CN.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof english };
  }
}

void i18next.use(initReactI18next).init({
  resources: { en: { translation: english }, 'zh-CN': { translation: chinese } },
  lng: 'en',
  fallbackLng: 'en',
  interpolation: { escapeValue: false },
});

/** The catalogue for a setting, given the system's language. */
export function catalogueFor(setting: Language, systemLanguage: string): 'en' | 'zh-CN' {
  if (setting !== 'system') return setting;
  return systemLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
