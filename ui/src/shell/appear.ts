import i18next from 'i18next';
import type { AppInfo } from '../bindings/AppInfo';
import type { Settings } from '../bindings/Settings';
import { catalogueFor } from '../i18n';

/** Gives the document the seller's language and theme: the system's where nothing is chosen. */
export async function appear(info: AppInfo, chosen: Settings | undefined): Promise<void> {
  const { documentElement } = document;
  const theme = chosen?.theme ?? 'system';
  if (theme === 'system') delete documentElement.dataset.theme;
  else documentElement.dataset.theme = theme;
  const language = catalogueFor(chosen?.language ?? 'system', info.system_language);
  // Every word is drawn anew, also where the language is the same.
  if (i18next.language !== language) await i18next.changeLanguage(language);
  documentElement.lang = language;
  const { t } = i18next;
  document.title = info.demo ? `${t('app.name')} · ${t('app.demo')}` : t('app.name');
}
