import { translateLengths } from '../../program/rpx.ts'

type WeChatFrame = Readonly<Record<string, unknown>>

/** Fields of a key frame that belong to `transform`, with the unit of plain numbers. */
const TRANSFORMS: Readonly<Record<string, string>> = {
  matrix: '',
  matrix3d: '',
  rotate: 'deg',
  rotate3d: 'deg',
  rotateX: 'deg',
  rotateY: 'deg',
  rotateZ: 'deg',
  scale: '',
  scale3d: '',
  scaleX: '',
  scaleY: '',
  scaleZ: '',
  skew: 'deg',
  skewX: 'deg',
  skewY: 'deg',
  translate: 'px',
  translate3d: 'px',
  translateX: 'px',
  translateY: 'px',
  translateZ: 'px',
}
const LENGTHS = new Set(['left', 'right', 'top', 'bottom', 'width', 'height'])

const running = new WeakMap<Element, Animation[]>()

/** `this.animate`: the elements keep the style of the last frame. @param done called when all animations have finished */
export function animate(
  elements: readonly Element[],
  frames: readonly WeChatFrame[],
  durationMilliseconds: number,
  done: () => void,
): void {
  const animations = elements.map((element) => {
    const animation = element.animate(frames.map(keyframe), {
      duration: durationMilliseconds,
      fill: 'forwards',
    })
    running.set(element, [...(running.get(element) ?? []), animation])
    return animation
  })
  Promise.all(animations.map(({ finished }) => finished)).then(done, () => {
    // Cancelled before its end: WeChat calls nothing.
  })
}

/** `this.clearAnimation`: removes the effect of all animations. */
export function clearAnimation(elements: readonly Element[]): void {
  for (const element of elements) {
    for (const animation of running.get(element) ?? []) animation.cancel()
    running.delete(element)
  }
}

function keyframe(frame: WeChatFrame): Keyframe {
  const style: Keyframe = {}
  const transforms: string[] = []
  for (const [name, value] of Object.entries(frame)) {
    const unit = TRANSFORMS[name]
    if (unit !== undefined) transforms.push(`${name}(${parametersOf(name, value, unit)})`)
    else if (name === 'offset') style.offset = Number(value)
    else if (name === 'ease') style.easing = String(value)
    else style[name] = LENGTHS.has(name) ? length(value) : String(value)
  }
  if (transforms.length > 0) style['transform'] = transforms.join(' ')
  const origin = frame['transformOrigin']
  if (typeof origin === 'string') style['transformOrigin'] = origin
  return style
}

function parametersOf(name: string, value: unknown, unit: string): string {
  const values = Array.isArray(value) ? value : [value]
  // Only the last parameter of rotate3d is an angle.
  const unitOf = (index: number) => (name === 'rotate3d' && index < values.length - 1 ? '' : unit)
  return values
    .map((part, index) =>
      typeof part === 'number' ? `${part}${unitOf(index)}` : translateLengths(String(part)),
    )
    .join(', ')
}

const length = (value: unknown) =>
  typeof value === 'number' ? `${value}px` : translateLengths(String(value))
