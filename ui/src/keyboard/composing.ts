/** What WebKit calls the key that ends what was being written, `isComposing` being false again by then. */
const INPUT_METHOD = 229;

/** Whether a key goes to the input method, as one that picks Chinese characters does, and means nothing else. */
export const isComposing = (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean =>
  event.isComposing || event.keyCode === INPUT_METHOD;
