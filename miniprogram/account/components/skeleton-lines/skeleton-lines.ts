/** Stands for the text of a card, with or without a title, until it is loaded. It is as high as the text. */
Component({
  properties: {
    titled: { type: Boolean, value: false },
    /** One for each line of text. */
    lines: { type: Array, value: [1] },
  },
})
