// The questionnaires as published, in English. A translation comes in only where one has been validated and its licence is
// known: wording made up here would make the cut-offs meaningless.
const OFTEN = ["Not at all", "Several days", "More than half the days", "Nearly every day"];
const MUCH = ["Not at all", "A little bit", "Moderately", "Quite a bit", "Extremely"];
const TIME = ["None of the time", "A little of the time", "Some of the time", "Most of the time", "All of the time"];
const RARELY = ["Never", "Less than monthly", "Monthly", "Weekly", "Daily or almost daily"];
const EVER = ["No", "Yes, but not in the last year", "Yes, during the last year"];

export const WORDING = {
  phq9: {
    name: "PHQ-9",
    credit: "Developed by Drs Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute.",
    stem: "Over the last 2 weeks, how often have you been bothered by any of the following problems?",
    answers: OFTEN,
    items: [
      "Little interest or pleasure in doing things",
      "Feeling down, depressed, or hopeless",
      "Trouble falling or staying asleep, or sleeping too much",
      "Feeling tired or having little energy",
      "Poor appetite or overeating",
      "Feeling bad about yourself, or that you are a failure or have let yourself or your family down",
      "Trouble concentrating on things, such as reading the newspaper or watching television",
      "Moving or speaking so slowly that other people could have noticed, or the opposite: being so fidgety or restless that you have been moving around a lot more than usual",
      "Thoughts that you would be better off dead, or of hurting yourself in some way",
    ],
  },
  gad7: {
    name: "GAD-7",
    credit: "Developed by Drs Robert L. Spitzer, Kurt Kroenke, Janet B.W. Williams and Bernd Löwe, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute.",
    stem: "Over the last 2 weeks, how often have you been bothered by the following problems?",
    answers: OFTEN,
    items: [
      "Feeling nervous, anxious, or on edge",
      "Not being able to stop or control worrying",
      "Worrying too much about different things",
      "Trouble relaxing",
      "Being so restless that it is hard to sit still",
      "Becoming easily annoyed or irritable",
      "Feeling afraid, as if something awful might happen",
    ],
  },
  pcl5: {
    name: "PCL-5",
    credit: "Weathers, Litz, Keane, Palmieri, Marx and Schnurr (2013), National Center for PTSD, US Department of Veterans Affairs. Public domain.",
    stem: "In the past month, how much were you bothered by:",
    answers: MUCH,
    items: [
      "Repeated, disturbing, and unwanted memories of the stressful experience?",
      "Repeated, disturbing dreams of the stressful experience?",
      "Suddenly feeling or acting as if the stressful experience were actually happening again (as if you were actually back there reliving it)?",
      "Feeling very upset when something reminded you of the stressful experience?",
      "Having strong physical reactions when something reminded you of the stressful experience (for example, heart pounding, trouble breathing, sweating)?",
      "Avoiding memories, thoughts, or feelings related to the stressful experience?",
      "Avoiding external reminders of the stressful experience (for example, people, places, conversations, activities, objects, or situations)?",
      "Trouble remembering important parts of the stressful experience?",
      "Having strong negative beliefs about yourself, other people, or the world (for example, having thoughts such as: I am bad, there is something seriously wrong with me, no one can be trusted, the world is completely dangerous)?",
      "Blaming yourself or someone else for the stressful experience or what happened after it?",
      "Having strong negative feelings such as fear, horror, anger, guilt, or shame?",
      "Loss of interest in activities that you used to enjoy?",
      "Feeling distant or cut off from other people?",
      "Trouble experiencing positive feelings (for example, being unable to feel happiness or have loving feelings for people close to you)?",
      "Irritable behavior, angry outbursts, or acting aggressively?",
      "Taking too many risks or doing things that could cause you harm?",
      "Being “superalert” or watchful or on guard?",
      "Feeling jumpy or easily startled?",
      "Having difficulty concentrating?",
      "Trouble falling or staying asleep?",
    ],
  },
  audit: {
    name: "AUDIT",
    credit: "Babor, Higgins-Biddle, Saunders and Monteiro, © World Health Organization 2001 (WHO/MSD/MSB/01.6a). Free for non-commercial use.",
    stem: "Because alcohol use can affect your health, these questions are about your use of alcohol during the past year.",
    answers: RARELY,
    items: [
      ["How often do you have a drink containing alcohol?", ["Never", "Monthly or less", "2 to 4 times a month", "2 to 3 times a week", "4 or more times a week"]],
      ["How many drinks containing alcohol do you have on a typical day when you are drinking?", ["1 or 2", "3 or 4", "5 or 6", "7, 8, or 9", "10 or more"]],
      "How often do you have six or more drinks on one occasion?",
      "How often during the last year have you found that you were not able to stop drinking once you had started?",
      "How often during the last year have you failed to do what was normally expected from you because of drinking?",
      "How often during the last year have you needed a first drink in the morning to get yourself going after a heavy drinking session?",
      "How often during the last year have you had a feeling of guilt or remorse after drinking?",
      "How often during the last year have you been unable to remember what happened the night before because you had been drinking?",
      ["Have you or someone else been injured as a result of your drinking?", EVER],
      ["Has a relative or friend or a doctor or another health worker been concerned about your drinking or suggested you cut down?", EVER],
    ],
  },
  k10: {
    name: "K10",
    credit: "Kessler Psychological Distress Scale, R.C. Kessler, Harvard Medical School. Free to use with credit; © World Health Organization 2002.",
    stem: "During the last 30 days, about how often did you feel:",
    answers: TIME,
    items: [
      "tired out for no good reason?",
      "nervous?",
      "so nervous that nothing could calm you down?",
      "hopeless?",
      "restless or fidgety?",
      "so restless you could not sit still?",
      "depressed?",
      "that everything was an effort?",
      "so sad that nothing could cheer you up?",
      "worthless?",
    ],
  },
};

/** One item: its question and the words of its answers, in the order of `valuesOf`. */
export function itemOf(code, number) {
  const item = WORDING[code].items[number - 1];
  return Array.isArray(item) ? { question: item[0], answers: item[1] } : { question: item, answers: WORDING[code].answers };
}
