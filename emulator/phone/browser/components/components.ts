import type { ComponentName } from '../../component-names.ts'
import type { BuiltIn } from '../app/host.ts'
import { button } from './button.ts'
import { checkbox, checkboxGroup, radio, radioGroup } from './choices.ts'
import { coverView, pageContainer, pageMeta, rootPortal, view } from './containers.ts'
import { form } from './form.ts'
import { icon } from './icon.ts'
import { image } from './image.ts'
import { input } from './input.ts'
import { label } from './label.ts'
import { navigator } from './navigator.ts'
import { picker } from './picker.ts'
import { pickerView, pickerViewColumn } from './picker-view.ts'
import { progress } from './progress.ts'
import { richText } from './rich-text.ts'
import { scrollView } from './scroll-view.ts'
import { slider } from './slider.ts'
import { swiper, swiperItem } from './swiper.ts'
import { switchComponent } from './switch.ts'
import { plainText } from './text.ts'
import { textarea } from './textarea.ts'

/** Everything a mini-program can draw with, by tag. */
export const COMPONENTS: Readonly<Record<ComponentName, BuiltIn>> = {
  button,
  checkbox,
  'checkbox-group': checkboxGroup,
  'cover-image': image,
  'cover-view': coverView,
  form,
  icon,
  image,
  input,
  label,
  navigator,
  'page-container': pageContainer,
  'page-meta': pageMeta,
  picker,
  'picker-view': pickerView,
  'picker-view-column': pickerViewColumn,
  progress,
  radio,
  'radio-group': radioGroup,
  'rich-text': richText,
  'root-portal': rootPortal,
  'scroll-view': scrollView,
  slider,
  swiper,
  'swiper-item': swiperItem,
  switch: switchComponent,
  text: plainText,
  textarea,
  view,
}
