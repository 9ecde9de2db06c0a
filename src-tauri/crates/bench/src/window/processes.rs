//! What a program and its children use, from `/proc` (proc(5)).

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

/// A process and its descendants.
#[derive(Debug)]
pub(crate) struct Tree(Vec<u32>);

impl Tree {
    /// The tree below a process, as it is now.
    pub(crate) fn of(root: u32) -> Self {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let parents: HashMap<u32, u32> = entries
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter_map(|pid| Some((pid, number(&stat(pid)?, 1)?)))
            .collect();
        let is_below = |pid: &u32| {
            let line = std::iter::successors(Some(*pid), |pid| parents.get(pid).copied());
            line.take(64).any(|ancestor| ancestor == root)
        };
        Self(parents.keys().copied().filter(is_below).collect())
    }

    /// Proportional set size of all, in MB: memory that is shared counts by its share.
    pub(crate) fn pss_mb(&self) -> f64 {
        self.0.iter().filter_map(|pid| pss(*pid)).sum()
    }

    /// The same of those whose program has this name.
    pub(crate) fn pss_mb_of(&self, program: &str) -> f64 {
        let is_it = |pid: &&u32| {
            let path = fs::read_link(format!("/proc/{pid}/exe"));
            path.is_ok_and(|path| path.file_name().is_some_and(|name| name == program))
        };
        let of_it = self.0.iter().filter(is_it);
        of_it.filter_map(|pid| pss(*pid)).sum()
    }

    /// CPU time of all so far.
    pub(crate) fn cpu(&self) -> Duration {
        let ticks = |pid: &u32| {
            let fields = stat(*pid)?;
            Some(u64::from(number(&fields, 11)?) + u64::from(number(&fields, 12)?))
        };
        // The kernel shows hundredths of a second, whatever its own clock.
        Duration::from_millis(self.0.iter().filter_map(ticks).sum::<u64>() * 10)
    }

    /// Open file descriptors of all.
    #[expect(clippy::cast_precision_loss)]
    pub(crate) fn handles(&self) -> f64 {
        let open = |pid: &u32| fs::read_dir(format!("/proc/{pid}/fd")).map_or(0, Iterator::count);
        self.0.iter().map(open).sum::<usize>() as f64
    }
}

/// In MB.
fn pss(pid: u32) -> Option<f64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

/// The fields after the name, which stands in parentheses and may hold anything.
fn stat(pid: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let after = stat.get(stat.rfind(')')? + 1..)?;
    Some(after.split_whitespace().map(str::to_owned).collect())
}

fn number(fields: &[String], at: usize) -> Option<u32> {
    fields.get(at)?.parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_child_is_counted_with_its_parent() {
        let mut child = std::process::Command::new("sleep")
            .arg("5")
            .spawn()
            .unwrap();
        let tree = Tree::of(std::process::id());
        assert!(tree.0.contains(&child.id()) && tree.0.contains(&std::process::id()));
        assert!(tree.pss_mb() > 0.1);
        assert!(tree.handles() > 5.0);
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
