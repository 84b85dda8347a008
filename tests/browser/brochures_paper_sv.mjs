// Two decoders read the Swedish brochures on paper.
import { onPaper } from '../support/brochure_paper.mjs'

onPaper('sv')
