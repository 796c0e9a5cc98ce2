//! What a run would cost: the first rung's texts, counted or priced, without sending any.

use super::Ladder;
use super::text_forms::{Batch, TextForm};
use polypost_core::render::Outcome;
use polypost_core::segment::Segment;
use polypost_engines::{BillableUnits, Engine, EngineError};

impl Ladder<'_> {
    /// What the first rung of an engine would be billed for the open segments, and how many they are.
    ///
    /// # Errors
    /// Where the engine cannot serve the locales.
    pub(in crate::pipeline) async fn estimate(
        &self,
        engine: &dyn Engine,
        outcomes: &[Option<Outcome>],
    ) -> Result<(usize, Vec<BillableUnits>), EngineError> {
        // Nothing is asked for yet but whether it serves the locales: how texts are sent depends on that.
        engine.estimate(self.request(&Batch::default(), None)).await?;
        let forms = self.first_forms(engine, outcomes);
        if forms.is_empty() {
            return Ok((0, Vec::new()));
        }
        let charges = engine.billable_units(self.request(&Batch::of(&forms), None)).await?;
        Ok((forms.len(), charges))
    }

    /// As [`Self::estimate`], without asking the engine anything: the open segments and the characters of their texts.
    pub(in crate::pipeline) fn counted(&self, engine: &dyn Engine, outcomes: &[Option<Outcome>]) -> (usize, u64) {
        let forms = self.first_forms(engine, outcomes);
        let characters = Batch::of(&forms).texts.iter().map(|text| text.chars().count() as u64).sum();
        (forms.len(), characters)
    }

    fn first_forms(&self, engine: &dyn Engine, outcomes: &[Option<Outcome>]) -> Vec<TextForm> {
        let (Some(&marks), Some(&spelling)) =
            (engine.marks(self.target).first(), engine.spellings(self.target).first())
        else {
            return Vec::new();
        };
        let form = |(index, segment): (usize, &Segment)| {
            TextForm::new(index, segment.clone(), marks, spelling).spelled(self.source, self.target)
        };
        self.open(outcomes).map(form).collect()
    }
}
