import './present'

export * from 'cdktf'
export { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer'
