//! Fields of a request that not every model takes: what a service refused is left out for the life of the process.

use std::sync::atomic::{AtomicBool, Ordering};

use super::OpenAiSettings;

/// A field that can be done without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Thinking models have one temperature.
    Temperature,
    Seed,
    /// The shape of the answer, which is looked at just as closely where it is not enforced.
    ResponseFormat,
    /// The most tokens of the answer.
    Limit,
}

impl Field {
    pub(super) const ALL: [Self; 4] = [Self::Temperature, Self::Seed, Self::ResponseFormat, Self::Limit];

    /// As requests and refusals name it.
    pub(super) fn name(self, settings: &OpenAiSettings) -> &str {
        match self {
            Self::Temperature => "temperature",
            Self::Seed => "seed",
            Self::ResponseFormat => "response_format",
            Self::Limit => &settings.limit_field,
        }
    }
}

/// The fields that a request has, by their positions in [`Field::ALL`].
pub(super) type Fields = [Option<Field>; 4];

/// The fields that were refused.
#[derive(Debug, Default)]
pub(super) struct LeftOut([AtomicBool; 4]);

impl LeftOut {
    pub(super) fn rest(&self) -> Fields {
        let mut index = 0;
        Field::ALL.map(|field| {
            let is_out = self.0.get(index).is_some_and(|out| out.load(Ordering::Relaxed));
            index += 1;
            (!is_out).then_some(field)
        })
    }

    pub(super) fn add(&self, field: Field) {
        let position = Field::ALL.iter().position(|one| *one == field);
        if let Some(out) = position.and_then(|position| self.0.get(position)) {
            out.store(true, Ordering::Relaxed);
        }
    }
}
