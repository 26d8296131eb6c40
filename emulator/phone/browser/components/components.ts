import type { ComponentName } from '../../program/component-names.ts'
import { button } from './button.ts'
import { canvas } from './canvas.ts'
import { checkbox, checkboxGroup, radio, radioGroup } from './choices.ts'
import { coverView, keyboardAccessory, pageContainer, rootPortal, view } from './containers.ts'
import { editor } from './editor.ts'
import { form } from './form.ts'
import type { BuiltIn } from './host.ts'
import { icon } from './icon.ts'
import { image } from './image.ts'
import { input } from './input.ts'
import { label } from './label.ts'
import { map } from './map.ts'
import { matchMedia } from './match-media.ts'
import { audio, video } from './media.ts'
import { movableArea, movableView } from './movable.ts'
import { navigator } from './navigator.ts'
import { openData } from './open-data.ts'
import { pageMeta } from './page-meta.ts'
import { pageNavigationBar } from './page-navigation-bar.ts'
import { picker } from './picker.ts'
import { pickerView, pickerViewColumn } from './picker-view.ts'
import { progress } from './progress.ts'
import { richText } from './rich-text.ts'
import { scrollView } from './scroll-view.ts'
import { container, gridView, listView, shareElement, stickyHeader, stickySection } from './skyline.ts'
import { slider } from './slider.ts'
import * as standIns from './stand-in.ts'
import { swiper, swiperItem } from './swiper.ts'
import { switchComponent } from './switch.ts'
import { plainText } from './text.ts'
import { textarea } from './textarea.ts'

/** The built-in components by tag. */
export const COMPONENTS: Readonly<Record<ComponentName, BuiltIn>> = {
  ad: standIns.ad,
  'ad-custom': standIns.adCustom,
  audio,
  button,
  camera: standIns.camera,
  canvas,
  'channel-live': standIns.channelLive,
  'channel-video': standIns.channelVideo,
  checkbox,
  'checkbox-group': checkboxGroup,
  'cover-image': image,
  'cover-view': coverView,
  'double-tap-gesture-handler': container,
  'draggable-sheet': container,
  editor,
  'force-press-gesture-handler': container,
  form,
  'functional-page-navigator': standIns.functionalPageNavigator,
  'grid-builder': container,
  'grid-view': gridView,
  'horizontal-drag-gesture-handler': container,
  icon,
  image,
  input,
  'keyboard-accessory': keyboardAccessory,
  label,
  'list-builder': container,
  'list-view': listView,
  'live-player': standIns.livePlayer,
  'live-pusher': standIns.livePusher,
  'long-press-gesture-handler': container,
  map,
  'match-media': matchMedia,
  'movable-area': movableArea,
  'movable-view': movableView,
  'navigation-bar': pageNavigationBar,
  navigator,
  'nested-scroll-body': container,
  'nested-scroll-header': container,
  'official-account': standIns.officialAccount,
  'official-account-publish': standIns.officialAccountPublish,
  'open-container': container,
  'open-data': openData,
  'page-container': pageContainer,
  'page-meta': pageMeta,
  'pan-gesture-handler': container,
  picker,
  'picker-view': pickerView,
  'picker-view-column': pickerViewColumn,
  progress,
  radio,
  'radio-group': radioGroup,
  'rich-text': richText,
  'root-portal': rootPortal,
  'scale-gesture-handler': container,
  'scroll-view': scrollView,
  'share-element': shareElement,
  slider,
  snapshot: container,
  span: container,
  'sticky-header': stickyHeader,
  'sticky-section': stickySection,
  swiper,
  'swiper-item': swiperItem,
  switch: switchComponent,
  'tap-gesture-handler': container,
  text: plainText,
  textarea,
  'vertical-drag-gesture-handler': container,
  video,
  view,
  'voip-room': standIns.voipRoom,
  'web-view': standIns.webView,
}
