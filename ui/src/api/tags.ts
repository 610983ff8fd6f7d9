//! Tags are the first part of every query key; the core says which of them a commit made stale.

import type { Resource } from '../bindings/Resource';
import type { Tag } from '../bindings/Tag';

/** Keys of queries; the compiler holds the first part to be a tag. */
export type TaggedKey = readonly [Tag, ...unknown[]];

/** Every list's tag is its resource's name. */
export const tagOf = (resource: Resource): Tag => resource;
