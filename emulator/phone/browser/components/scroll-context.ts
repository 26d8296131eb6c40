/** `ScrollViewContext`: what a query for the `node` of an `enhanced` scroll-view gives. */
export function scrollContext(element: HTMLElement): object {
  const behaviorOf = (animated: unknown) => (animated === false ? 'instant' : 'smooth')
  return {
    scrollEnabled: true,
    bounces: true,
    showScrollbar: true,
    pagingEnabled: false,
    fastDeceleration: false,
    decelerationDisabled: false,
    scrollTo({ top, left, animated }: { top?: number; left?: number; animated?: boolean } = {}) {
      element.scrollTo({
        ...(top === undefined ? {} : { top }),
        ...(left === undefined ? {} : { left }),
        behavior: behaviorOf(animated),
      })
    },
    /** @param selector `#id` of an element inside */
    scrollIntoView(selector: string, { animated }: { animated?: boolean } = {}) {
      const id = selector.replace(/^#/, '')
      const target = element.querySelector(`[id$="--${CSS.escape(id)}"]`)
      target?.scrollIntoView({ behavior: behaviorOf(animated), block: 'start' })
    },
  }
}
