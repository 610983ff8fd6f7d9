//! The side panel's width, and the edge that changes it by mouse and by keyboard.

import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clampPanelWidth, PANEL_WIDTH, setPreference, usePreference } from '../preferences/preferences';
import { followPointer } from './pointer';

const STEP = 16;

interface PanelWidth {
  shown: number;
  /** While the edge is dragged nothing is remembered yet. */
  draft: (width: number) => void;
  keep: (width: number) => void;
}

export function usePanelWidth(): PanelWidth {
  const kept = usePreference('panelWidth');
  const [draft, setDraft] = useState<number>();
  return {
    shown: draft ?? kept,
    draft: (width) => setDraft(clampPanelWidth(width)),
    keep: (width) => {
      setDraft(undefined);
      setPreference('panelWidth', clampPanelWidth(width));
    },
  };
}

export function PanelEdge({ shown, draft, keep }: PanelWidth) {
  const { t } = useTranslation();
  const onKeyDown = (event: KeyboardEvent) => {
    const next = {
      ArrowLeft: shown + STEP,
      ArrowRight: shown - STEP,
      Home: PANEL_WIDTH.most,
      End: PANEL_WIDTH.least,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    keep(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      role="separator"
      tabIndex={0}
      data-testid="panel-edge"
      aria-label={t('frame.panel_width')}
      aria-orientation="vertical"
      aria-valuenow={shown}
      aria-valuemin={PANEL_WIDTH.least}
      aria-valuemax={PANEL_WIDTH.most}
      onKeyDown={onKeyDown}
      onDoubleClick={() => keep(PANEL_WIDTH.usual)}
      onPointerDown={(event) =>
        followPointer(event, { move: (way) => draft(shown - way), end: (way) => keep(shown - way) })
      }
      className="absolute inset-y-0 -left-1 z-20 w-2 cursor-col-resize outline-none after:absolute after:inset-y-0 after:left-[3px] after:w-0.5 after:bg-accent after:opacity-0 hover:after:opacity-60 focus-visible:after:opacity-100"
    />
  );
}
