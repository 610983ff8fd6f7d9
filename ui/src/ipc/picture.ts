//! Where the web view gets pictures from.

import { convertFileSrc } from '@tauri-apps/api/core';

/** The address of a platform's picture in the core's cache; its form depends on the operating system. */
export const pictureAddress = (url: string): string => convertFileSrc(url, 'desk-image');
