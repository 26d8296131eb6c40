/** Time for each task of the timer, also on a busy machine. */
export const PATIENT_TIMER = { cleanup: { timeoutSeconds: 60 } }
