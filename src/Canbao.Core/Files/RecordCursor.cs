namespace Canbao.Core.Files;

/// <summary>Goes through the records of a source one by one, with their line numbers. For one thread.</summary>
sealed class RecordCursor(ICsvBlockSource source)
{
    readonly BlockText text = new();
    bool hasQuotes;
    int nextStart;
    long nextLine = 1;

    /// <summary>The block with the current record.</summary>
    public CsvBlock Block { get; } = new();

    /// <summary>The current record's first byte.</summary>
    public int Start { get; private set; }

    /// <summary>Behind its last byte.</summary>
    public int End { get; private set; }

    /// <summary>Its first line, or row of the sheet, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The line behind it.</summary>
    public long NextLine => nextLine;

    /// <summary>How it was cut.</summary>
    public RecordCut Cut { get; private set; }

    /// <summary>The current record's fields, where it could be split.</summary>
    public CsvRecord Record { get; } = new();

    /// <summary>Whether the fields are there; else the record is broken, too wide or too long.</summary>
    public bool IsSplit { get; private set; }

    /// <summary>A byte of the current record that is no character; null where there is none.</summary>
    public UndecodableByte? Undecodable => Block.Undecodable.Count == 0 ? null : Block.FirstUndecodable(Start, End);

    /// <summary>Goes to the next record; false at the end.</summary>
    public bool Next() => (nextStart < Block.Length || Fill()) && Take();

    /// <summary>Goes to the next record of the block in hand, taking the first block if there is none; false at its end.</summary>
    public bool NextInBlock() => (nextStart < Block.Length || Block.Length == 0 && Fill()) && Take();

    /// <summary>Goes back to where a record of the block in hand starts, so that it comes next.</summary>
    public void Return(int start, long line)
    {
        nextStart = start;
        nextLine = line;
    }

    bool Fill()
    {
        if (!source.TryFill(Block))
            return false;
        text.Prepare(Block);
        hasQuotes = Block.Data.AsSpan(0, Block.Length).Contains((byte)'"');
        nextStart = 0;
        return true;
    }

    bool Take()
    {
        Start = nextStart;
        Line = nextLine;
        var data = Block.Data.AsSpan(Start, Block.Length - Start);
        var cut = RecordCut.Whole;
        End = Start + (hasQuotes
            ? CsvSyntax.RecordEnd(data, atEnd: true, out cut)
            : data.IndexOf((byte)'\n') is >= 0 and var lineEnd ? lineEnd + 1 : data.Length);
        Cut = cut;
        nextStart = End;
        nextLine += !hasQuotes || Block.RecordsAreLines || Block.IsOverlong
            ? 1
            : Block.Data.AsSpan(Start, End - Start).Count((byte)'\n') is > 0 and var lines ? lines : 1;
        IsSplit = !Block.IsOverlong && Cut == RecordCut.Whole && Record.Split(Block.Data, Start, End, hasQuotes);
        return true;
    }
}
