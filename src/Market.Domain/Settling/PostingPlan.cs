namespace Market.Domain.Settling;

/// <summary>
/// Legs on their way to becoming an entry: names become numbers, missing accounts get the next free ones, and each
/// leg is checked against the state and the legs before it, as if they were applied one by one. Nothing changes in
/// the state.
/// </summary>
internal ref struct PostingPlan
{
    private readonly LedgerState _state;
    private readonly Span<AccountName> _opened;
    private readonly bool _posts;
    private Posting[] _postings = [];
    private int _openedCount;

    /// <param name="state">The book.</param>
    /// <param name="opened">Room for the names of accounts to open: two for each leg.</param>
    /// <param name="posts">Whether the legs are posted, so that later legs can spend what earlier ones bring.</param>
    public PostingPlan(LedgerState state, Span<AccountName> opened, bool posts)
    {
        _state = state;
        _opened = opened;
        _posts = posts;
    }

    public readonly ValueArray<Posting> Postings => new(_postings);

    /// <summary>
    /// Finds or plans the accounts of legs, and refuses legs that make no sense or do not fit 64 bits.
    /// </summary>
    public LedgerRefused? Resolve(ReadOnlySpan<Leg> legs)
    {
        _postings = new Posting[legs.Length];
        for (var i = 0; i < legs.Length; i++)
        {
            ref readonly var leg = ref legs[i];
            var (debit, credit) = (0, 0);
            if ((LegRules.CheckAmount(leg.Amount)
                ?? LegRules.CheckPair(leg)
                ?? FindOrPlan(leg.Debit, ref debit)
                ?? FindOrPlan(leg.Credit, ref credit)) is { } refused)
            {
                return refused;
            }

            _postings[i] = new Posting(new AccountNumber(debit), new AccountNumber(credit), leg.Amount);
            if (!FitsDebits(i) || !FitsCredits(i))
            {
                return new LedgerRefused(LedgerRefusal.WouldOverflow);
            }
        }

        return null;
    }

    /// <summary>Refuses legs out of accounts of one kind (or of every kind) that have not enough available.</summary>
    public readonly LedgerRefused? CheckAvailable(
        ReadOnlySpan<Leg> legs, LedgerRefusal reason, AccountKind? only = null)
    {
        for (var i = 0; i < legs.Length; i++)
        {
            var kind = legs[i].Debit.Kind;
            if (!legs[i].Debit.IsLimited || (only is not null && kind != only))
            {
                continue;
            }

            var left = AvailableFor(i);
            if (left < legs[i].Amount)
            {
                return new LedgerRefused(reason, legs[i].Amount, left);
            }
        }

        return null;
    }

    /// <summary>The accounts that the entry has to open, in the order of their numbers.</summary>
    public readonly ValueArray<OpenedAccount> Opened()
    {
        if (_openedCount == 0)
        {
            return [];
        }

        var opened = new OpenedAccount[_openedCount];
        for (var i = 0; i < opened.Length; i++)
        {
            opened[i] = new OpenedAccount(new AccountNumber(_state.Accounts.Count + i), _opened[i]);
        }

        return new ValueArray<OpenedAccount>(opened);
    }

    private LedgerRefused? FindOrPlan(in AccountName name, ref int number)
    {
        if (_state.Accounts.TryFind(name, out number))
        {
            return null;
        }

        var first = _state.Accounts.Count;
        for (var i = 0; i < _openedCount; i++)
        {
            if (_opened[i] == name)
            {
                number = first + i;
                return null;
            }
        }

        // An account that exists was checked when it was opened; so only a new one is checked here.
        if (LegRules.CheckName(name) is { } refused)
        {
            return refused;
        }

        number = first + _openedCount;
        _opened[_openedCount++] = name;
        return null;
    }

    private readonly long AvailableFor(int leg)
    {
        var account = _postings[leg].Debit;
        var left = account.Value < _state.Accounts.Count ? _state.Accounts[account.Value].Available : 0;
        for (var i = 0; i < leg; i++)
        {
            if (_postings[i].Debit == account)
            {
                left -= _postings[i].Amount;
            }
            else if (_posts && _postings[i].Credit == account)
            {
                left += _postings[i].Amount;
            }
        }

        return left;
    }

    private readonly bool FitsDebits(int leg)
    {
        var account = _postings[leg].Debit;
        var room = account.Value < _state.Accounts.Count ? _state.Accounts[account.Value].DebitRoom : long.MaxValue;
        for (var i = 0; i <= leg; i++)
        {
            room -= _postings[i].Debit == account ? _postings[i].Amount : 0;
        }

        return room >= 0;
    }

    private readonly bool FitsCredits(int leg)
    {
        var account = _postings[leg].Credit;
        var room = account.Value < _state.Accounts.Count ? _state.Accounts[account.Value].CreditRoom : long.MaxValue;
        for (var i = 0; i <= leg; i++)
        {
            room -= _postings[i].Credit == account ? _postings[i].Amount : 0;
        }

        return room >= 0;
    }
}
