using Canbao.Core.Events;
using Canbao.Core.Work;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>
/// Answers a pasted column of numbers. It is posted, never asked for by address: numbers would stay in histories and logs. So the workbook
/// is asked for by the same form, and each answer is kept as an act with counts, since one paste asks for many people.
/// </summary>
sealed class NumbersModel(NumberDesk desk) : OfficePage
{
    const int MostLinesNamed = 50;

    [BindProperty]
    public string Numbers { get; set; } = "";

    public IReadOnlyList<NumberAnswer> Answers { get; private set; } = [];

    /// <summary>The open year that is not shown.</summary>
    public InsuranceYear OtherYear => Year == Years.Later ? Years.Earlier : Years.Later;

    /// <summary>People who were found, each once.</summary>
    public IEnumerable<NumberAnswer> Found =>
        Answers.Where(answer => answer.Found is not null).DistinctBy(answer => answer.Found!.Person.PersonId);

    /// <summary>Registered people who still owe something.</summary>
    public IEnumerable<NumberAnswer> Owing => Found.Where(answer => answer.Year!.IsEnrolled && answer.Owed > Money.Zero);

    /// <summary>The lines of some answers.</summary>
    public string Lines(Func<NumberAnswer, bool> which)
    {
        var lines = Answers.Where(which).Select(answer => answer.Asked.Line).Distinct().ToList();
        return string.Join('、', lines.Take(MostLinesNamed)) + (lines.Count > MostLinesNamed ? $" 等 {lines.Count}" : "");
    }

    public async Task OnPostAsync()
    {
        var asked = PastedNumbers.Read(Numbers ?? "", Today);
        var answers = await Database.ReadAsync(
            session => desk.AnswerAsync(session, Viewer.Area, Viewer.Scope, asked, (Year, Today)), Cancel);
        await Act.DoAsync(Database, Viewer.Area, Doer("成批查询号码"), "person.look_up", act =>
        {
            NumberDesk.Record(act, answers);
            return Task.CompletedTask;
        }, Cancel);
        Answers = answers;
    }
}
