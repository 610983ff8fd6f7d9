//! The licences of what is shipped, to be searched and read.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { licences } from '../../api/queries';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/field';
import { useFormat } from '../../format/use-format';
import type { Component } from '../../licences/licences';

/** As many are shown at first: searching is quicker than scrolling. */
const SHOWN = 50;

export function LicencesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [search, setSearch] = useState('');
  const [showsAll, setShowsAll] = useState(false);
  const { components, texts } = useQuery(licences).data ?? { components: [], texts: [] };
  const wanted = search.trim().toLowerCase();
  const found = components.filter(({ name, licence }) => `${name} ${licence}`.toLowerCase().includes(wanted));
  return (
    <Dialog title={t('licences.title')} onClose={onClose} wide>
      <div className="flex h-[60vh] flex-col gap-3">
        <p className="text-muted">{t('licences.lead')}</p>
        <TextField
          label={t('licences.search')}
          data-testid="licence-search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <p role="status" className="text-muted" data-testid="licence-count">
          {t('licences.count', { count: found.length, number: format.number(found.length) })}
        </p>
        <ul className="flex min-h-0 flex-1 flex-col divide-y divide-line overflow-y-auto border-y border-line">
          {(showsAll ? found : found.slice(0, SHOWN)).map((component) => (
            <li key={`${component.kind} ${component.name} ${component.version}`}>
              <ComponentLicence component={component} texts={texts} />
            </li>
          ))}
          {!showsAll && found.length > SHOWN && (
            <li className="flex justify-center py-2">
              <Button data-testid="show-all-licences" onClick={() => setShowsAll(true)}>
                {t('action.show_all')}
              </Button>
            </li>
          )}
        </ul>
      </div>
    </Dialog>
  );
}

function ComponentLicence({ component, texts }: { component: Component; texts: readonly string[] }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { name, version, licence, source } = component;
  return (
    <details data-testid="licence" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex items-baseline gap-2 rounded-sm px-1 py-1.5 select-none hover:bg-hover">
        <span className="font-medium">{name}</span>
        <span className="text-muted tabular-nums">{version}</span>
        <span className="ml-auto text-right text-muted">{licence}</span>
      </summary>
      {isOpen && (
        <div className="flex flex-col gap-3 px-1 pb-3 text-xs select-text">
          {source && <p className="break-all text-muted">{source}</p>}
          {component.texts.length === 0 && <p className="text-muted">{t('licences.no_text')}</p>}
          {component.texts.map((text) => (
            <pre key={text} className="whitespace-pre-wrap">
              {texts[text]}
            </pre>
          ))}
        </div>
      )}
    </details>
  );
}
