/** Stands for the text of a card until it is loaded, with a title if told so. It is as high as the text. */
Component({
  properties: {
    titled: { type: Boolean, value: false },
    /** One for each line of text. */
    lines: { type: Array, value: [1] },
  },
})
