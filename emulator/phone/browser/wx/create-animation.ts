import type { AnimatedValue, AnimationStep, ExportedAnimation } from '../../program/animation.ts'
import { Options } from './options.ts'

const TRANSFORMS = [
  'matrix',
  'matrix3d',
  'rotate',
  'rotate3d',
  'rotateX',
  'rotateY',
  'rotateZ',
  'scale',
  'scale3d',
  'scaleX',
  'scaleY',
  'scaleZ',
  'skew',
  'skewX',
  'skewY',
  'translate',
  'translate3d',
  'translateX',
  'translateY',
  'translateZ',
] as const
const STYLES = ['opacity', 'backgroundColor', 'width', 'height', 'left', 'right', 'top', 'bottom'] as const
const LENGTHS = new Set<string>(['width', 'height', 'left', 'right', 'top', 'bottom'])

type Chain = Record<string, (...values: (string | number)[]) => Chain> & {
  step: (options?: unknown) => Chain
  export: () => ExportedAnimation
}

/** `wx.createAnimation`: collects values until `step`, and steps until `export`. */
export function createAnimation(values?: unknown): object {
  const defaults = new Options(values)
  let pending: AnimatedValue[] = []
  let steps: AnimationStep[] = []
  // A step has the values of the steps before it, unless it sets them again.
  const reached = new Map<string, AnimatedValue>()
  const add = (value: AnimatedValue) => {
    pending.push(value)
    return chain
  }
  const chain = {
    ...Object.fromEntries(
      TRANSFORMS.map((type) => [type, (...args: (string | number)[]) => add({ type, args })]),
    ),
    ...Object.fromEntries(
      STYLES.map((name) => [
        name,
        (value: string | number) => {
          const withUnit = LENGTHS.has(name) && typeof value === 'number' ? `${value}px` : value
          return add({ type: 'style', args: [name, withUnit] })
        },
      ]),
    ),
    step(stepValues?: unknown) {
      const given = new Options(stepValues)
      const pick = (name: string, otherwise: string) => given.text(name, defaults.text(name, otherwise))
      const number = (name: string, otherwise: number) => given.number(name, defaults.number(name, otherwise))
      for (const value of pending)
        reached.set(value.type === 'style' ? `style.${value.args[0]}` : value.type, value)
      pending = []
      steps.push({
        animates: [...reached.values()],
        option: {
          transformOrigin: pick('transformOrigin', '50% 50% 0'),
          transition: {
            duration: number('duration', 400),
            timingFunction: pick('timingFunction', 'linear'),
            delay: number('delay', 0),
          },
        },
      })
      return chain
    },
    export() {
      const actions = steps
      steps = []
      return { actions }
    },
  } as unknown as Chain
  return chain
}
