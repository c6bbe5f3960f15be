//! The moment of an order: it is carried out, or says why not.

use super::{
    act::Hash,
    office::{Office, Published},
    orders::{Order, Outcome},
    people::Role,
};

impl Office {
    /// Carries out what is due, the releases first, and gives how many came to something.
    pub fn run_due(&mut self) -> u32 {
        let now = self.now;
        let mut wholes: Vec<usize> = (0..self.releases.len()).collect();
        wholes.retain(|place| self.releases[*place].outcome == Outcome::Waiting && self.releases[*place].due <= now);
        wholes.sort_by_key(|place| self.releases[*place].due);
        let mut ones: Vec<usize> = (0..self.orders.len()).collect();
        ones.retain(|place| {
            let one = &self.orders[*place];
            one.outcome == Outcome::Waiting && one.due <= now && one.release.is_none()
        });
        ones.sort_by_key(|place| (self.orders[*place].due, self.orders[*place].at.1 != 0));
        let mut count = 0;
        for place in wholes {
            count += u32::from(self.run_release(place));
        }
        for place in ones {
            count += u32::from(self.run_order(place));
        }
        count
    }

    fn run_release(&mut self, place: usize) -> bool {
        if self.releases[place].outcome != Outcome::Waiting {
            return false;
        }
        let mut trial = self.clone();
        if let Err(why) = trial.carry_out(place) {
            self.settle_release(place, Outcome::Refused, why);
        } else {
            *self = trial;
        }
        true
    }

    fn carry_out(&mut self, place: usize) -> Result<(), &'static str> {
        let (told, members) = (self.events.len(), self.releases[place].members.clone());
        let mut in_turn = members.clone();
        in_turn.sort_by_key(|member| self.orders[*member].at.1 != 0);
        for member in in_turn {
            self.publish_ordered(member, &members)?;
        }
        self.forget_overtaken(told);
        self.releases[place].outcome = Outcome::Done;
        self.releases[place].version += 1;
        Ok(())
    }

    fn run_order(&mut self, place: usize) -> bool {
        let Order { at, withdraws, outcome, .. } = self.orders[place];
        if outcome != Outcome::Waiting {
            return false;
        }
        if withdraws {
            self.take_down(at, Published::Withdraw, &[place]);
            self.orders[place].outcome = Outcome::Done;
        } else if let Err(why) = self.publish_ordered(place, &[place]) {
            (self.orders[place].outcome, self.orders[place].why) = (Outcome::Refused, Some(why));
            self.touch(at);
        }
        true
    }

    /// Everything is looked at again at the moment, and the right of who ordered it too.
    fn publish_ordered(&mut self, place: usize, but: &[usize]) -> Result<(), &'static str> {
        let Order { at, correct, until, by, .. } = self.orders[place];
        if !self.stands_by(by, Role::Publisher, at) {
            return Err("publisher-without-right");
        }
        if until.is_some_and(|until| until <= self.now) {
            return Err("time-over");
        }
        if let Some(why) = self.obstacle(at, self.named(at, Hash::Newest), correct, true) {
            return Err(why);
        }
        self.go_public(by, at, correct, until, but);
        self.orders[place].outcome = Outcome::Done;
        Ok(())
    }
}
