Component({
  options: { virtualHost: true },
  properties: {
    value: { type: null, value: 0 },
    type: String,
  },
});
