using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Market.Domain.Strategies;

namespace Market.Simulations.Tests.Running.Hosting;

// Strategies that do what no strategy may, each in its second act: the tests load this assembly as a user's.

/// <summary>Offers its best outcome, and then does something else.</summary>
public abstract class Offender(RankedOutcomes own) : INegotiator
{
    private int _acts;

    public NegotiatorAct Act(in NegotiationView view)
    {
        if (++_acts > 1)
        {
            Offend();
        }

        return NegotiatorAct.Propose(own.Best);
    }

    protected abstract void Offend();
}

/// <summary>Never returns, and burns a processor.</summary>
public sealed class Spinning(RankedOutcomes own) : Offender(own)
{
    private volatile bool _isDone;

    protected override void Offend()
    {
        while (!_isDone)
        {
        }
    }

    public void Stop() => _isDone = true;
}

/// <summary>Recurses without end.</summary>
public sealed class Overflowing(RankedOutcomes own) : Offender(own)
{
    protected override void Offend() => Deeper(1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Deeper(int depth) => unchecked(Deeper(depth + 1) + depth);
}

/// <summary>Allocates without end, on the heap.</summary>
public sealed class Hoarding(RankedOutcomes own) : Offender(own)
{
    private readonly List<byte[]> _hoard = [];

    protected override void Offend()
    {
        while (true)
        {
            _hoard.Add(new byte[1 << 20]);
        }
    }
}

/// <summary>Allocates without end, where no collector looks, slowly enough to be seen doing it.</summary>
public sealed class HoardingElsewhere(RankedOutcomes own) : Offender(own)
{
    private readonly byte[] _bytes = new byte[4 << 20];
    private static readonly ManualResetEventSlim Never = new();

    protected override void Offend()
    {
        while (!Never.Wait(1))
        {
            Marshal.Copy(_bytes, 0, Marshal.AllocHGlobal(_bytes.Length), _bytes.Length);
        }
    }
}

/// <summary>Ends the process.</summary>
public sealed class Leaving(RankedOutcomes own) : Offender(own)
{
    protected override void Offend() => Environment.Exit(3);
}

/// <summary>Throws on a thread of its own, where nobody can catch it.</summary>
public sealed class Bursting(RankedOutcomes own) : Offender(own)
{
    protected override void Offend()
    {
        var thread = new Thread(() => throw new InvalidOperationException("Elsewhere."));
        thread.Start();
        thread.Join();
        new ManualResetEventSlim().Wait();
    }
}
