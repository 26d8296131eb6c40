import type { ComponentName } from './component-names.ts'

/**
 * Attributes that WeChat documents and the phone ignores, by component. Components that are only boxes on the phone say so
 * themselves.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/component/
 */
export const ATTRIBUTES_WITHOUT_EFFECT: Readonly<Partial<Record<ComponentName, string>>> = {
  canvas: 'disable-scroll',
  form: 'report-submit report-submit-timeout',
  image: 'show-menu-by-longpress fade-in',
  input:
    'safe-password-cert-path safe-password-length safe-password-time-stamp safe-password-nonce cursor-color',
  map: 'polyline polygons circles controls covers include-points',
  'movable-area': 'scale-area',
  'movable-view': 'inertia scale scale-min scale-max',
  navigator: 'extra-data',
  'page-container': 'close-on-slide-down overlay-style custom-style',
  'rich-text': 'space',
  'root-portal': 'enable',
  'scroll-view': 'enable-back-to-top paging-enabled fast-deceleration reverse refresher-two-level-enabled',
  'share-element': 'key transform',
  swiper: 'snap-to-edge easing-function layout-type transformer-type indicator-type',
  text: 'overflow max-lines',
  textarea: 'fixed adjust-keyboard-to',
  video:
    'danmu-list enable-danmu danmu-btn ad-unit-id page-gesture vslide-gesture show-casting-button picture-in-picture-mode direction',
}
