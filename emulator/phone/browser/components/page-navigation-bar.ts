import { builtIn } from './host.ts'

/** `navigation-bar`: sets the navigation bar of the page that contains it. */
export const pageNavigationBar = builtIn({
  properties: {
    title: null as unknown,
    loading: null as unknown,
    frontColor: '',
    backgroundColor: '',
    colorAnimationDuration: 0,
    colorAnimationTimingFunc: 'linear',
  },
  update({ element, data, services }) {
    services.navigation.changeBar(element, {
      ...(typeof data.title === 'string' ? { title: data.title } : {}),
      ...(data.loading === null ? {} : { isLoading: Boolean(data.loading) }),
      ...(data.frontColor === '' ? {} : { textStyle: data.frontColor === '#ffffff' ? 'white' : 'black' }),
      ...(CSS.supports('color', data.backgroundColor) ? { background: data.backgroundColor } : {}),
    })
  },
})
