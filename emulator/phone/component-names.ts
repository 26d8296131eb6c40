/**
 * Tags that the phone draws itself. The compiler of style sheets and the phone both go by this list;
 * `block`, `slot`, `template`, `import`, `include` and `wxs` are the template compiler's own.
 */
export const COMPONENT_NAMES = [
  'button',
  'checkbox',
  'checkbox-group',
  'cover-image',
  'cover-view',
  'form',
  'icon',
  'image',
  'input',
  'label',
  'navigator',
  'page-container',
  'page-meta',
  'picker',
  'picker-view',
  'picker-view-column',
  'progress',
  'radio',
  'radio-group',
  'rich-text',
  'root-portal',
  'scroll-view',
  'slider',
  'swiper',
  'swiper-item',
  'switch',
  'text',
  'textarea',
  'view',
] as const

export type ComponentName = (typeof COMPONENT_NAMES)[number]
