import type { AnimatedValue, AnimationStep, ExportedAnimation } from '../../program/animation.ts'
import { translateLengths } from '../../program/rpx.ts'
import { sleep } from '../base/dom.ts'

const played = new WeakMap<Element, unknown>()

/** Plays the steps of the attribute `animation`, one after the other, unless they were played before. */
export function playAnimation(element: HTMLElement, animation: unknown): void {
  if (!isAnimation(animation) || played.get(element) === animation) return
  played.set(element, animation)
  void playSteps(element, animation)
}

async function playSteps(element: HTMLElement, animation: ExportedAnimation): Promise<void> {
  // What the page has set just now is where the animation starts from.
  element.getBoundingClientRect()
  for (const step of animation.actions) {
    // Another animation has taken over.
    if (played.get(element) !== animation) return
    applyStep(element, step)
    const { duration, delay } = step.option.transition
    await sleep(duration + delay)
  }
}

function applyStep(element: HTMLElement, { animates, option }: AnimationStep): void {
  const { duration, timingFunction, delay } = option.transition
  element.style.transition = `all ${duration}ms ${timingFunction} ${delay}ms`
  element.style.transformOrigin = option.transformOrigin
  const transforms = animates.filter(({ type }) => type !== 'style')
  if (transforms.length > 0) element.style.transform = transforms.map(transformOf).join(' ')
  for (const { type, args } of animates) {
    if (type !== 'style') continue
    const [name = '', value = ''] = args
    const property = String(name).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    element.style.setProperty(property, translateLengths(String(value)))
  }
}

function transformOf({ type, args }: AnimatedValue): string {
  const unit = type.startsWith('translate') ? 'px' : /^(rotate|skew)/.test(type) ? 'deg' : ''
  const values = args.map((value, index) => {
    // Only the last parameter of rotate3d is an angle.
    if (type === 'rotate3d' && index < args.length - 1) return value
    return typeof value === 'number' ? `${value}${unit}` : translateLengths(value)
  })
  return `${type}(${values.join(', ')})`
}

function isAnimation(value: unknown): value is ExportedAnimation {
  return (
    typeof value === 'object' && value !== null && Array.isArray((value as { actions?: unknown }).actions)
  )
}
