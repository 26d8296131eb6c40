/** What `wx.createAnimation().export()` gives to the attribute `animation`: steps that follow one another. */
export interface ExportedAnimation {
  actions: AnimationStep[]
}

export interface AnimationStep {
  animates: AnimatedValue[]
  option: {
    transformOrigin: string
    transition: { duration: number; timingFunction: string; delay: number }
  }
}

/** A transformation with its parameters, or `style` with the name and the value of a CSS property. */
export interface AnimatedValue {
  type: string
  args: (string | number)[]
}
