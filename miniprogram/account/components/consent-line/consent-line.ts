import { TEXTS } from '../../utils/texts'

/** The two documents, beside the button whose tap agrees to them. Event: `open` with the page of a document. */
Component({
  properties: {
    /** Whether a button beside it agrees to the documents; otherwise the line only leads to them. */
    agreeing: { type: Boolean, value: true },
  },
  data: { texts: TEXTS.login },
  methods: {
    onOpen(event: { currentTarget: { dataset: { page?: string } } }) {
      const { page } = event.currentTarget.dataset
      this.triggerEvent('open', { page })
    },
  },
})
