//! Recipes for continuous integration: the files that `init` writes, and the action and hooks of this repository. Their
//! shell steps are run as a runner would, and their files are validated against the published schemas. If a program is
//! not installed, its test is ignored with a message, unless `CLAUSEBOOK_REQUIRE_RECIPES` is set.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use assert_cmd::cargo::cargo_bin;
use assert_cmd::prelude::*;
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use serde_yaml::Value;
use tempfile::TempDir;

/// The outcome of a test: passed or failed, or why it cannot be run here.
type Outcome = Result<Result<(), Failed>, String>;

/// The name and function of a test.
type Test = (&'static str, fn() -> Outcome);

const TESTS: [Test; 8] = [
    ("the_github_workflow_of_a_new_handbook_is_green_with_the_address_of_an_archive", github_is_green),
    ("the_github_workflow_of_a_new_handbook_says_what_to_fill_in", github_asks),
    ("the_github_workflow_refuses_an_archive_with_another_checksum", github_refuses),
    ("the_gitlab_job_of_a_new_handbook_is_green_with_the_address_of_an_archive", gitlab_is_green),
    ("the_gitlab_job_of_a_new_handbook_says_what_to_fill_in", gitlab_asks),
    ("the_composite_action_installs_and_checks", action_is_green),
    ("recipes_follow_their_published_schemas", schemas),
    ("workflows_and_the_action_have_no_known_weakness", weaknesses),
];

fn main() -> ExitCode {
    let required = std::env::var_os("CLAUSEBOOK_REQUIRE_RECIPES").is_some();
    let trial = |(name, run): Test| {
        Trial::ignorable_test(name, move || match run() {
            Ok(outcome) => outcome.map(|()| Completion::Completed),
            Err(reason) if required => Err(reason.into()),
            Err(reason) => Ok(Completion::ignored_with(reason)),
        })
    };
    libtest_mimic::run(&Arguments::from_args(), TESTS.map(trial).into()).exit_code()
}

/// The outcome of a shell step.
struct StepOutcome {
    succeeded: bool,
    output: String,
}

/// A new handbook, a release archive of the program, and the folder of a runner.
struct Runner {
    folder: TempDir,
}

impl Runner {
    fn new() -> Result<Runner, String> {
        for program in ["bash", "curl", "git", "tar", "xz", "sha256sum"] {
            Command::new(program).arg("--version").output().map_err(|_| format!("{program} is not installed"))?;
        }
        let runner = Runner { folder: TempDir::new().expect("a folder") };
        let bin = runner.path("clausebook-0/bin");
        std::fs::create_dir_all(&bin).expect("a folder");
        std::fs::create_dir_all(runner.path("temp")).expect("a folder");
        std::fs::copy(cargo_bin("clausebook"), bin.join("clausebook")).expect("the program");
        let archive = runner.path("clausebook.tar.xz");
        let mut pack = Command::new("tar");
        pack.env("XZ_OPT", "-0").arg("-C").arg(runner.path("")).arg("-cJf").arg(&archive).arg("clausebook-0");
        pack.assert().success();
        Command::new(cargo_bin("clausebook")).arg("init").arg(runner.handbook()).assert().success();
        Ok(runner)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn handbook(&self) -> PathBuf {
        self.path("handbook")
    }

    fn archive(&self) -> String {
        format!("file://{}", self.path("clausebook.tar.xz").display())
    }

    /// Runs shell steps in order, each with the additions to the path from previous steps, and stops at the first
    /// failure.
    fn run(&self, steps: &[String], variables: &[(&str, &str)]) -> StepOutcome {
        let mut text = String::new();
        let paths = self.path("github-path");
        for step in steps {
            let extra_paths = std::fs::read_to_string(&paths).unwrap_or_default().trim().replace('\n', ":");
            let mut bash = Command::new("bash");
            bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step])
                .current_dir(self.handbook())
                .env_clear();
            bash.env("PATH", format!("{extra_paths}:/usr/local/bin:/usr/bin:/bin")).env("HOME", self.path("temp"));
            bash.env("RUNNER_TEMP", self.path("temp")).env("GITHUB_PATH", &paths).envs(variables.iter().copied());
            let output = bash.output().expect("bash");
            text += &String::from_utf8_lossy(&output.stdout);
            text += &String::from_utf8_lossy(&output.stderr);
            if !output.status.success() {
                return StepOutcome { succeeded: false, output: text };
            }
        }
        StepOutcome { succeeded: true, output: text }
    }
}

fn yaml(path: &Path) -> Value {
    serde_yaml::from_str(&std::fs::read_to_string(path).expect("a file")).expect("YAML")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The shell steps of a GitHub job or a composite action.
fn shell_steps(steps: &Value) -> Vec<String> {
    steps.as_sequence().expect("steps").iter().map(|step| text(&step["run"])).filter(|run| !run.is_empty()).collect()
}

fn github(runner: &Runner) -> Vec<String> {
    let workflow = yaml(&runner.handbook().join(".github/workflows/handbook.yml"));
    let steps = shell_steps(&workflow["jobs"]["handbook"]["steps"]);
    assert_eq!(steps.len(), 3, "{steps:?}");
    steps
}

fn check(condition: bool, reason: &str) -> Result<(), Failed> {
    if condition { Ok(()) } else { Err(reason.to_owned().into()) }
}

fn github_is_green() -> Outcome {
    let runner = Runner::new()?;
    let ran = runner.run(&github(&runner), &[("CLAUSEBOOK_URL", &runner.archive()), ("CLAUSEBOOK_SHA256", "")]);
    Ok(check(ran.succeeded && runner.handbook().join("site/index.html").is_file(), &ran.output))
}

fn github_asks() -> Outcome {
    let runner = Runner::new()?;
    let workflow = yaml(&runner.handbook().join(".github/workflows/handbook.yml"));
    let address = text(&workflow["env"]["CLAUSEBOOK_URL"]);
    // Only a published release has a URL.
    assert_eq!(address.is_empty(), env!("CARGO_PKG_REPOSITORY").is_empty());
    let ran = runner.run(&github(&runner), &[("CLAUSEBOOK_URL", ""), ("CLAUSEBOOK_SHA256", "")]);
    let asks_for_url =
        ran.output.contains("CLAUSEBOOK_URL is empty") && ran.output.contains(".github/workflows/handbook.yml");
    Ok(check(!ran.succeeded && asks_for_url, &ran.output))
}

fn github_refuses() -> Outcome {
    let runner = Runner::new()?;
    let other = "0".repeat(64);
    let ran = runner.run(&github(&runner), &[("CLAUSEBOOK_URL", &runner.archive()), ("CLAUSEBOOK_SHA256", &other)]);
    Ok(check(!ran.succeeded && !runner.handbook().join("site").exists(), &ran.output))
}

fn gitlab(runner: &Runner) -> Vec<String> {
    let job = &yaml(&runner.handbook().join(".gitlab-ci.yml"))["handbook"];
    let lines = |key: &str| job[key].as_sequence().expect("lines").iter().map(text).collect::<Vec<_>>();
    // GitLab runs all lines of a job in one shell.
    vec![[lines("before_script"), lines("script")].concat().join("\n")]
}

fn gitlab_is_green() -> Outcome {
    let runner = Runner::new()?;
    let ran = runner.run(&gitlab(&runner), &[("CLAUSEBOOK_URL", &runner.archive()), ("CLAUSEBOOK_SHA256", "")]);
    Ok(check(ran.succeeded && runner.handbook().join("site/index.html").is_file(), &ran.output))
}

fn gitlab_asks() -> Outcome {
    let runner = Runner::new()?;
    let ran = runner.run(&gitlab(&runner), &[("CLAUSEBOOK_URL", ""), ("CLAUSEBOOK_SHA256", "")]);
    let asks_for_url = ran.output.contains("CLAUSEBOOK_URL is empty") && ran.output.contains(".gitlab-ci.yml");
    Ok(check(!ran.succeeded && asks_for_url, &ran.output))
}

fn action_is_green() -> Outcome {
    let runner = Runner::new()?;
    let action = yaml(&Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml"));
    let steps = shell_steps(&action["runs"]["steps"]);
    let archive = runner.archive();
    let inputs = |command| {
        [
            ("URL", archive.as_str()),
            ("SHA256", ""),
            ("COMMAND", command),
            ("ARGUMENTS", "--as-of 2027-01-01"),
            ("SOURCE", "."),
        ]
    };
    let checked = runner.run(&steps, &inputs("check"));
    let built = runner.run(&steps, &inputs("build"));
    let asked_for_url = runner.run(&steps, &[("URL", "")]);
    let portal = runner.handbook().join("site/index.html").is_file();
    let text = checked.output + &built.output + &asked_for_url.output;
    Ok(check(
        checked.succeeded
            && built.succeeded
            && portal
            && !asked_for_url.succeeded
            && text.contains("The input url is empty"),
        &text,
    ))
}

/// A published schema, with the changes made to the file first, and the files to validate.
const SCHEMAS: [(&str, &[&str], &[&str]); 5] = [
    (
        "vendor.github-workflows",
        &[],
        &[".github/workflows/ci.yml", ".github/workflows/release.yml", "NEW/.github/workflows/handbook.yml"],
    ),
    ("vendor.github-actions", &[], &["action.yml"]),
    ("vendor.gitlab-ci", &["--data-transform", "gitlab-ci"], &[".gitlab-ci.yml", "NEW/.gitlab-ci.yml"]),
    ("vendor.github-issue-forms", &[], &[".github/ISSUE_TEMPLATE/problem.yml", ".github/ISSUE_TEMPLATE/request.yml"]),
    ("vendor.azure-pipelines", &["--data-transform", "azure-pipelines", "--regex-variant", "python"], &["AZURE"]),
];

fn schemas() -> Outcome {
    let validator = std::env::var_os("CLAUSEBOOK_CHECK_JSONSCHEMA").unwrap_or_else(|| "check-jsonschema".into());
    if Command::new(&validator).arg("--version").output().is_err() {
        return Err("check-jsonschema is not installed".to_owned());
    }
    let runner = Runner::new()?;
    let azure = runner.path("azure.yml");
    std::fs::write(&azure, azure_recipe()).expect("a file");
    for (schema, options, files) in SCHEMAS {
        let place = |file: &&str| match file.strip_prefix("NEW/") {
            Some(new) => runner.handbook().join(new),
            None if *file == "AZURE" => azure.clone(),
            None => Path::new(env!("CARGO_MANIFEST_DIR")).join(file),
        };
        let mut command = Command::new(&validator);
        command.args(["--builtin-schema", schema]).args(options).args(files.iter().map(place));
        let output = command.output().expect("the validator");
        if !output.status.success() {
            return Ok(Err(format!("{files:?}: {}", String::from_utf8_lossy(&output.stdout)).into()));
        }
    }
    Ok(Ok(()))
}

/// The GitHub files are checked by zizmor, which detects unpinned actions, injections and excessive permissions.
fn weaknesses() -> Outcome {
    let zizmor = std::env::var_os("CLAUSEBOOK_ZIZMOR").unwrap_or_else(|| "zizmor".into());
    if Command::new(&zizmor).arg("--version").output().is_err() {
        return Err("zizmor is not installed".to_owned());
    }
    let runner = Runner::new()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(&zizmor);
    command.args(["--offline", "--no-progress"]).arg(root.join(".github/workflows")).arg(root.join("action.yml"));
    let output = command.arg(runner.handbook().join(".github/workflows/handbook.yml")).output().expect("zizmor");
    Ok(check(output.status.success(), &String::from_utf8_lossy(&output.stdout)))
}

/// The Azure DevOps recipe from the documentation.
fn azure_recipe() -> String {
    let documentation = include_str!("../docs/ci.md");
    let section = documentation.split_once("\n## Azure DevOps\n").expect("a section").1;
    let block = section.split_once("```yaml\n").expect("a block").1;
    block.split_once("```").expect("the end of the block").0.to_owned()
}
