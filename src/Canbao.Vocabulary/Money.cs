namespace Canbao.Vocabulary;

/// <summary>
/// An amount in whole fen (分; 100 fen are one yuan), negative where it takes back. All arithmetic is whole and checked: a sum
/// outside the range of 64 bits throws <see cref="OverflowException"/> instead of wrapping. There is no fraction of a fen and no
/// floating point; the only two operations that round are <see cref="Share"/> and <see cref="Split"/>, and both say how.
/// </summary>
public readonly record struct Money : IComparable<Money>
{
    const int FenPerYuan = 100;

    Money(long fen) => Fen = fen;

    /// <summary>The amount in fen.</summary>
    public long Fen { get; }

    /// <summary>0.00 yuan, which is also the default value.</summary>
    public static Money Zero => default;

    /// <summary>The amount of so many fen; any 64-bit number is an amount.</summary>
    /// <param name="fen">Fen, not yuan.</param>
    public static Money FromFen(long fen) => new(fen);

    /// <summary>The sum.</summary>
    /// <exception cref="OverflowException">The sum does not fit into 64 bits of fen.</exception>
    public static Money operator +(Money left, Money right) => new(checked(left.Fen + right.Fen));

    /// <summary>The difference.</summary>
    /// <exception cref="OverflowException">The difference does not fit into 64 bits of fen.</exception>
    public static Money operator -(Money left, Money right) => new(checked(left.Fen - right.Fen));

    /// <summary>The amount with the other sign, as a reversal posts it.</summary>
    /// <exception cref="OverflowException">The amount is the smallest 64-bit number.</exception>
    public static Money operator -(Money amount) => new(checked(-amount.Fen));

    /// <summary>Whether the left amount is less.</summary>
    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    /// <summary>Whether the left amount is less or the same.</summary>
    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    /// <summary>Whether the left amount is more.</summary>
    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    /// <summary>Whether the left amount is more or the same.</summary>
    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    /// <inheritdoc/>
    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>
    /// <paramref name="numerator"/>/<paramref name="denominator"/> of the amount, rounded half up to the fen. A negative amount
    /// mirrors the positive one, so that reversing a share takes back exactly what was given: half a fen is always rounded away
    /// from zero. The product is taken in 128 bits, so only the result can overflow.
    /// </summary>
    /// <param name="numerator">Zero or more; may exceed the denominator.</param>
    /// <param name="denominator">One or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numerator is negative, or the denominator is not positive.</exception>
    /// <exception cref="OverflowException">The result does not fit into 64 bits of fen.</exception>
    public Money Share(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var (quotient, remainder) = Int128.DivRem(Int128.Abs((Int128)Fen * numerator), denominator);
        if (remainder >= denominator - remainder)
            quotient++;
        return new(checked((long)(Fen < 0 ? -quotient : quotient)));
    }

    /// <summary>
    /// Splits the amount by weights: each part but the last is its share rounded half up to the fen, the last takes what remains,
    /// and the parts always add up to the amount. A part never takes more than is left, so no part has the sign opposite to the
    /// amount's (2 fen by 1:1:1:1 are 1, 1, 0, 0). The last takes the remainder even if its weight is 0, so leave out whoever
    /// bears nothing. The parts of a negative amount mirror those of the positive one.
    /// </summary>
    /// <param name="weights">At least one; none negative; not all zero. Only their proportion counts.</param>
    /// <exception cref="ArgumentException">There is no weight, a weight is negative, or all are zero.</exception>
    public Money[] Split(ReadOnlySpan<int> weights)
    {
        long total = 0;
        foreach (int weight in weights)
        {
            if (weight < 0)
                throw new ArgumentException("A weight is negative.", nameof(weights));
            total = checked(total + weight);
        }
        if (total == 0)
            throw new ArgumentException("No weight is above zero.", nameof(weights));

        var parts = new Money[weights.Length];
        var left = this;
        for (int i = 0; i < parts.Length - 1; i++)
        {
            var share = Share(weights[i], total);
            parts[i] = (Fen < 0 ? share < left : share > left) ? left : share;
            left -= parts[i];
        }
        parts[^1] = left;
        return parts;
    }

    /// <summary>
    /// Reads yuan as whole digits (<c>320</c>) or with exactly two decimals (<c>320.00</c>), with an optional leading
    /// <c>-</c>. Refused: a plus sign, one or three decimals, separators, blanks, full-width digits, superfluous leading zeros
    /// (<c>0320</c>), minus zero, and what does not fit into 64 bits of fen. So an amount has exactly one text, or two if it is
    /// whole yuan.
    /// </summary>
    /// <param name="text">The text, all of it.</param>
    /// <param name="amount">The amount; zero if refused.</param>
    public static bool TryParseYuan(ReadOnlySpan<char> text, out Money amount)
    {
        amount = default;
        bool negative = text is ['-', ..];
        var digits = negative ? text[1..] : text;
        bool decimals = digits.Length > 3 && digits[^3] == '.';
        var yuan = decimals ? digits[..^3] : digits;
        if (yuan.Length is 0 or > 17 || (yuan.Length > 1 && yuan[0] == '0') || yuan.ContainsAnyExceptInRange('0', '9'))
            return false;
        var cents = decimals ? digits[^2..] : "00";
        if (cents.ContainsAnyExceptInRange('0', '9'))
            return false;

        Int128 fen = 0;
        foreach (char digit in yuan)
            fen = fen * 10 + (digit - '0');
        fen = fen * FenPerYuan + (cents[0] - '0') * 10 + (cents[1] - '0');
        if (negative)
            fen = -fen;
        if (fen < long.MinValue || fen > long.MaxValue || (negative && fen == 0))
            return false;
        amount = new((long)fen);
        return true;
    }

    /// <summary>Yuan with two decimals, such as <c>320.00</c> or <c>-0.05</c>; <see cref="TryParseYuan"/> reads it back.</summary>
    public override string ToString()
    {
        var (yuan, fen) = Int128.DivRem(Int128.Abs(Fen), FenPerYuan);
        return $"{(Fen < 0 ? "-" : "")}{yuan}.{(int)fen:00}";
    }
}
