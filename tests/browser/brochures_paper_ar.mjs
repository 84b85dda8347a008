// Two decoders read the Arabic brochures on paper.
import { onPaper } from '../support/brochure_paper.mjs'

onPaper('ar')
